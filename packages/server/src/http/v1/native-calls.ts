import { isSameServer, operationQuery, RecuentoError, type Scope, serverCodeOf } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import { type Caller, callerOfRequest, requireScope, secretOf } from '../authenticate.js';
import { assertEncoding } from '../content-encoding.js';
import { keyOf, keyOfOperation, knownAs } from '../door.js';
import type { MethodRoute } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import { expectBody, workingOnBody } from '../take-body.js';
import { OBJECT_MAX_BYTES } from './body.js';

/** A request whose caller was let in, with the operation; nothing of its body was read before. */
export interface Call {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Handle<Settled> = (call: Call & Settled) => unknown;

/** How a call differs from other calls. */
interface CallTerms {
  /** Largest body, after decompression. */
  readonly body_max_bytes?: number;
  /** The call brings rows for the store: if the disk has no room for rows, the body is not read. */
  readonly takes_rows?: boolean;
  /** Checks the parameters once the caller is known, before anything of the body is read. @throws RecuentoError */
  readonly settle?: (request: FastifyRequest) => unknown;
  /** Finds who calls, where not only tokens and sessions tell. @throws RecuentoError token-missing, token-invalid */
  readonly findCaller?: typeof callerOfRequest;
  /** Finds the secret of the request, where it is not in the usual place. @throws RecuentoError token-missing */
  readonly readSecret?: (request: FastifyRequest) => string;
}

type Scopes = readonly [Scope, ...Scope[]];

/**
 * Builds the routes of `/v1`: each states who may call it and how large its body may be, and both are checked before the
 * body is read.
 */
export class NativeCalls {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  /**
   * For tokens with one of the scopes, and for the administrator, who names the operation with `operation=`.
   *
   * Refuses with token-missing, token-invalid, scope-missing, missing-parameters, unknown-resource.
   */
  ofOperation(
    scopes: Scopes,
    handle: Handle<{ readonly caller: Caller; readonly operation: Operation }>,
    terms: CallTerms = {},
  ): MethodRoute {
    return this.#call(terms, handle, async (request, caller) => {
      const operation = await this.#actingOperation(request, caller, scopes);
      if (operation) return { caller, operation };
      throw new RecuentoError('missing-parameters', { values: { parameters: 'operation' } });
    });
  }

  /** As `ofOperation`, but the administrator may leave the operation out. */
  ofOperationIfNamed(
    scopes: Scopes,
    handle: Handle<{ readonly caller: Caller; readonly operation: Operation | undefined }>,
  ): MethodRoute {
    return this.#call({}, handle, async (request, caller) => ({
      caller,
      operation: await this.#actingOperation(request, caller, scopes),
    }));
  }

  /** For every caller with a live token or session, whatever its scopes. */
  ofAnybody(handle: Handle<{ readonly caller: Caller }>, terms: CallTerms = {}): MethodRoute {
    return this.#call(terms, handle, async (_request, caller) => ({ caller }));
  }

  /** For the administrator alone; other callers are refused with scope-missing. */
  ofAdministrator(handle: Handle<object>): MethodRoute {
    return this.#call({}, handle, async (_request, { kind }) => {
      if (kind === 'administrator') return {};
      throw new RecuentoError('scope-missing', {
        values: { scope: 'of the administrator (RECUENTO_ADMIN_TOKEN)' },
      });
    });
  }

  #call<Settled extends object>(
    {
      body_max_bytes = OBJECT_MAX_BYTES,
      takes_rows = false,
      findCaller = callerOfRequest,
      readSecret = secretOf,
      settle = () => undefined,
    }: CallTerms,
    handle: Handle<Settled>,
    settleCaller: (request: FastifyRequest, caller: Caller) => Promise<Settled>,
  ): MethodRoute {
    const { admission, disk } = this.#services;
    const settled = new WeakMap<FastifyRequest, Settled>();
    return {
      onRequest: async (request, reply) => {
        // For its caller alone: a cache between does not know a cookie as it knows a token's header (RFC 9111, section 3.5).
        reply.header('Cache-Control', 'private, no-cache');
        const caller = await findCaller(request, this.#services, readSecret);
        const key = caller.kind === 'holder' ? keyOfOperation(caller.operation) : caller.kind;
        await knownAs(admission, request, reply, key);
        settled.set(request, await settleCaller(request, caller));
        settle(request);
        if (request.method !== 'GET' && request.method !== 'HEAD') assertEncoding(request);
        if (takes_rows) disk.assertRoom();
        if (request.method === 'GET' || request.method === 'HEAD') admission.replies.admit(key);
        else expectBody(request, reply, admission.bodies, keyOf(request), body_max_bytes);
      },
      handler: async (request, reply) => {
        const known = settled.get(request);
        if (!known) throw new Error('the caller was not settled');
        return workingOnBody(request, async () => handle({ ...known, request, reply }));
      },
    };
  }

  /** The token's own operation, or the one that the administrator names. */
  async #actingOperation(
    request: FastifyRequest,
    caller: Caller,
    scopes: Scopes,
  ): Promise<Operation | undefined> {
    if (caller.kind === 'holder') requireScope(caller, ...scopes);
    const { operation } = readQuery(operationQuery, request.query);
    const named = operation === undefined ? undefined : serverCodeOf(operation);
    if (caller.kind === 'administrator') {
      return named === undefined ? undefined : this.#services.accounts.operations.byServer(named);
    }
    if (named !== undefined && !isSameServer(named, caller.operation.server))
      throw new RecuentoError('token-invalid');
    return caller.operation;
  }
}
