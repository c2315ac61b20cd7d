import type { Envelope } from "./response.js";

/** One wrong field, such as `items[0].quantity`. */
export interface ErrorDetail {
  field: string;
  message: string;
  code: string;
  value?: unknown;
}

/** Anything that this client throws of its own. */
export class InvoicingError extends Error {
  override name = "InvoicingError";
}

/**
 * The API refused a request, or failed: `type` and `code` are for programs, the message for people.
 *
 * `error` has every member of the error, `retryAfter` the seconds to wait if the API says so. `idempotencyKey` is the
 * key that a POST was sent with: the same request with the same key takes effect once.
 */
export class ApiError extends InvoicingError {
  override name = "ApiError";
  readonly type: string | undefined;
  readonly code: string | undefined;
  readonly details: ErrorDetail[];
  readonly requestId: string | null;
  readonly retryAfter: number | undefined;
  readonly error: Readonly<Record<string, unknown>>;

  constructor(
    readonly status: number,
    readonly headers: globalThis.Headers,
    envelope: Envelope,
    readonly idempotencyKey: string | undefined,
  ) {
    const error = envelope.error ?? {};
    const location = headers.get("location");
    const otherwise = location === null ? "no message" : `redirected to ${location}, which is not followed`;
    super(`${status} ${error.code ?? ""}: ${error.message ?? otherwise}`);
    this.error = error;
    this.type = error.type;
    this.code = error.code;
    this.details = error.details ?? [];
    this.requestId = error.request_id ?? headers.get("x-request-id");
    const seconds = headers.get("retry-after");
    this.retryAfter = seconds !== null && /^\d+$/.test(seconds) ? Number(seconds) : undefined;
  }
}

/**
 * No response came, not even to the last attempt: the request may or may not have taken effect.
 *
 * Send the same POST again with `idempotencyKey` in the header `Idempotency-Key`: it takes effect once.
 */
export class NoResponseError extends InvoicingError {
  override name = "NoResponseError";

  constructor(cause: unknown, readonly idempotencyKey: string | undefined) {
    super(`No response: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** A request to your endpoint is not a fresh one of the API: answer it with 401. */
export class WebhookError extends InvoicingError {
  override name = "WebhookError";
}
