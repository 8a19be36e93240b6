import {
  type Language,
  newWebhookSchema,
  RecuentoError,
  type WebhookDocument,
  webhookFailureReason,
} from '@recuento/contract';
import type { FastifyInstance } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import type { Webhook } from '../../accounts/webhooks.js';
import { newWebhookSecret } from '../../hygiene/webhooks/signature.js';
import type { WebhookDeliverer } from '../../hygiene/webhooks/webhook-deliverer.js';
import type { Caller } from '../authenticate.js';
import { readerOf } from '../language.js';
import { addPath, type Handlers } from '../methods.js';
import type { Services } from '../services.js';
import { bodyAs, readAnyBodies } from './body.js';
import type { NativeCalls } from './native-calls.js';

/** `/v1/webhooks`: scope `admin`. The secret is shown once, in the reply that creates the webhook. */
export function webhooksPath({ accounts, webhooks }: Services, calls: NativeCalls): Handlers {
  return {
    GET: calls.ofOperation(['admin'], async ({ request, operation }) => {
      const { language } = readerOf(request);
      const shown: WebhookDocument[] = [];
      for (const webhook of await accounts.webhooks.list(operation.id)) {
        shown.push(await documentOf(webhook, operation, webhooks, language));
      }
      return { webhooks: shown };
    }),
    POST: calls.ofOperation(['admin'], async ({ request, reply, caller, operation }) => {
      const { url, events } = await bodyAs(request, newWebhookSchema);
      assertMayBeSent(webhooks, url, readerOf(request).language);
      const secret = newWebhookSecret();
      const webhook = await accounts.webhooks.create(operation.id, { url, events, secret }, nameOf(caller));
      webhooks.look();
      return reply.code(201).send({ ...namesOf(webhook, operation), secret });
    }),
  };
}

/** `/v1/webhooks/{id}` */
export function webhookPath({ accounts }: Services, calls: NativeCalls): Handlers {
  return {
    DELETE: calls.ofOperation(['admin'], async ({ request, reply, caller, operation }) => {
      const { id } = request.params as { id: string };
      await accounts.webhooks.remove(operation.id, id, nameOf(caller));
      return reply.code(204).send();
    }),
  };
}

/** `/v1/webhooks/{id}/test`. It needs no body. */
export function webhookTestRoutes(services: Services, calls: NativeCalls) {
  return async (app: FastifyInstance): Promise<void> => {
    readAnyBodies(app);
    addPath(app, '/webhooks/:id/test', webhookTestPath(services, calls));
  };
}

function webhookTestPath({ accounts, webhooks }: Services, calls: NativeCalls): Handlers {
  return {
    POST: calls.ofOperation(['admin'], async ({ request, operation }) => {
      const { id } = request.params as { id: string };
      const outcome = await webhooks.test(await accounts.webhooks.get(operation.id, id), operation.server);
      if (outcome.delivered) return outcome;
      const { failure, status } = outcome;
      return { ...outcome, reason: webhookFailureReason(failure, status, readerOf(request).language) };
    }),
  };
}

/** Refuses an address that no post could ever be sent to. @throws RecuentoError invalid-records */
function assertMayBeSent(webhooks: WebhookDeliverer, url: string, language: Language): void {
  const refusal = webhooks.refusalOf(url);
  if (refusal === undefined) return;
  const reason = webhookFailureReason(refusal, null, language);
  throw new RecuentoError('invalid-records', { values: { count: 1 }, faults: [{ field: 'url', reason }] });
}

/** As the audit names who did it. */
const nameOf = (caller: Caller) => (caller.kind === 'holder' ? caller.token.id : 'admin');

function namesOf({ id, url, events, created_at_ms }: Webhook, { server }: Operation) {
  return { id, operation: server, url, events: [...events], created_at: isoOf(created_at_ms) };
}

async function documentOf(
  webhook: Webhook,
  operation: Operation,
  webhooks: WebhookDeliverer,
  language: Language,
): Promise<WebhookDocument> {
  const behind = await webhooks.behind(webhook);
  const { failing_since_ms, next_try_ms, last_success_ms, last_failure } = webhook;
  const is_failing = failing_since_ms !== null;
  const is_behind = behind.some(({ events }) => events > 0);
  const working = is_behind ? 'delivering' : 'in_step';
  const failing = webhooks.isFailed(webhook) ? 'failed' : 'retrying';
  return {
    ...namesOf(webhook, operation),
    state: is_failing ? failing : working,
    behind,
    last_success_at: isoOrNull(last_success_ms),
    last_failure: last_failure && {
      at: isoOf(last_failure.at_ms),
      failure: last_failure.failure,
      status: last_failure.status,
      reason: webhookFailureReason(last_failure.failure, last_failure.status, language),
    },
    failing_since: isoOrNull(failing_since_ms),
    next_try_at: is_failing && next_try_ms > 0 ? isoOf(next_try_ms) : null,
  };
}

const isoOf = (at_ms: number) => new Date(at_ms).toISOString();
const isoOrNull = (at_ms: number | null) => (at_ms === null ? null : isoOf(at_ms));
