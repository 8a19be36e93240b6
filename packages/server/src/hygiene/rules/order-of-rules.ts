import { IN_ORDER, type Order } from '../../reports/order.js';

/**
 * How attempts are read for rules: by telephone, whose groups close as they are read. So a pass takes the same memory for any number
 * of telephones, whatever the conditions and the judgement keep of each.
 */
export const ORDER_OF_RULES: Order = { table: 'held_by_telephone', settings: IN_ORDER };
