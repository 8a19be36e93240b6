import type { ImportDocument } from '@recuento/contract';
import { expect } from 'vitest';
import type { TestOperation, TestService } from './harness.js';

/** Files that are sent to `POST /v1/imports` of an operation, each into a campaign of its own unless the query names one. */
export class SentFiles {
  /** Campaign of the last file, unless its query named one. */
  campaign = 0;
  readonly #service: TestService;
  readonly #operation: TestOperation;

  constructor(service: TestService, operation: TestOperation) {
    this.#service = service;
    this.#operation = operation;
  }

  /** Of a file that is taken: what its record says. */
  async imported(
    body: string | Uint8Array<ArrayBuffer>,
    query: Record<string, string> = {},
  ): Promise<ImportDocument> {
    const reply = await this.#post(body, query);
    const text = await reply.text();
    expect(reply.status, text).toBe(202);
    const document: ImportDocument = JSON.parse(text);
    const { read, stored, unchanged, joined, skipped, rejected } = document;
    expect(stored + unchanged + joined + skipped + rejected).toBe(read);
    return document;
  }

  /** Of a file that is refused: the status, and why. */
  async refused(body: string, query: Record<string, string> = {}): Promise<[number, string]> {
    const reply = await this.#post(body, query);
    const { detail } = (await reply.json()) as { detail: string };
    return [reply.status, detail];
  }

  #post(body: string | Uint8Array<ArrayBuffer>, query: Record<string, string>): Promise<Response> {
    this.campaign += 1;
    const search = new URLSearchParams({
      format: 'auto',
      campaign_id: String(this.campaign),
      time_zone: 'UTC',
      ...query,
    });
    return fetch(`${this.#service.service.url}/v1/imports?${search}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#operation.token}` },
      body,
    });
  }
}
