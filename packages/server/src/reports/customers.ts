/**
 * How many of the customers who ever had a telephone are looked at for it, the last added first: a placeholder telephone has
 * thousands.
 */
const HOLDERS_MAX = 100;

/**
 * Attempts with what the operation's customers add to them (`add_record`): the customer_id, and the fields of the record that the
 * attempt itself does not have.
 *
 * A customer is found by campaign and customer_id where the attempt has one, else by campaign and telephone: of several with that
 * telephone, the one that was added last. Customers who had the telephone earlier are looked at too, but none of their telephones
 * in `customers` matches any more.
 *
 * @param attempts the SELECT of the attempts with these columns, in their order and bounded. It is read three times, twice for
 * little more than its keys, so that the engine looks up the customers of these attempts and no others
 * @param columns of the attempts, beside `record`
 * @returns a SELECT of the same columns and rows, in the same order
 */
export function withCustomers(
  attempts: (columns: readonly string[]) => string,
  columns: readonly string[],
): string {
  const keys = attempts(['campaign_id', 'telephone', 'customer_id']);
  const plain = columns
    .filter((column) => column !== 'customer_id')
    .map((column) => `page.${column} AS ${column}`);
  return `SELECT ${plain.join(', ')},
      if(page.customer_id = '', by_telephone.customer_id, page.customer_id) AS customer_id,
      mapUpdate(if(page.customer_id = '', by_telephone.fields, by_id.fields), page.record) AS record
    FROM (SELECT *, rowNumberInAllBlocks() AS place FROM (${attempts([...columns, 'record'])})) AS page
    LEFT ANY JOIN (
      SELECT campaign_id, customer_id, fields FROM customers FINAL
      PREWHERE operation_id = {operation_id:UInt32} AND (campaign_id, customer_id) IN (
        SELECT campaign_id, customer_id FROM (${keys}) WHERE customer_id != ''
      )
    ) AS by_id ON by_id.campaign_id = page.campaign_id AND by_id.customer_id = page.customer_id
    LEFT ANY JOIN (
      SELECT campaign_id, telephone, customer_id, fields FROM (
        SELECT campaign_id, arrayJoin(telephones) AS telephone, customer_id, fields, delivery FROM customers FINAL
        PREWHERE operation_id = {operation_id:UInt32} AND (campaign_id, customer_id) IN (
          SELECT campaign_id, customer_id FROM customers_by_telephone FINAL
          PREWHERE operation_id = {operation_id:UInt32} AND (campaign_id, telephone) IN (
            SELECT campaign_id, telephone FROM (${keys}) WHERE customer_id = ''
          )
          ORDER BY delivery DESC LIMIT ${HOLDERS_MAX} BY campaign_id, telephone
        )
      )
      ORDER BY delivery DESC LIMIT 1 BY campaign_id, telephone
    ) AS by_telephone ON by_telephone.campaign_id = page.campaign_id AND by_telephone.telephone = page.telephone
    ORDER BY place`;
}
