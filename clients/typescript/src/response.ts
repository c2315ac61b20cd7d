import type { ErrorDetail } from "./errors.js";

/** What was accepted and may be a mistake. */
export interface Warning {
  field: string;
  code: string;
  message: string;
}

export interface Pagination {
  page: number | null;
  per_page: number;
  total: number | null;
  total_pages: number | null;
  has_next: boolean;
  has_previous: boolean;
}

/** What is said of a response. */
export interface Meta {
  request_id?: string;
  timestamp?: string;
  version?: string;
  pagination?: Pagination;
  warnings?: Warning[];
  /** Of the list of events: where to go on, and whether there is more already. */
  next_cursor?: string;
  has_more?: boolean;
}

/** URLs of what is related and possible now; null where an action is not possible. */
export type Links = Record<string, string | null | undefined>;

/** A response: `data` is the resource, or the resources of a page; undefined without a body of JSON. */
export interface ApiResponse<T = any> {
  status: number;
  headers: globalThis.Headers;
  /** The bytes of the body, such as of a PDF. */
  content: Uint8Array;
  data: T;
  meta: Meta;
  links: Links;
  /** The version of the resource, to be sent as `If-Match`. */
  etag: string | null;
}

/** The members of a body, which is no object where it does not come from the API. */
export interface Envelope {
  data?: unknown;
  meta?: Meta;
  links?: Links;
  error?: { type?: string; code?: string; message?: string; details?: ErrorDetail[]; request_id?: string };
}

export function envelopeOf(headers: globalThis.Headers, content: Uint8Array): Envelope {
  if (!headers.get("content-type")?.includes("json")) return {};
  try {
    const body: unknown = JSON.parse(new TextDecoder().decode(content));
    return typeof body === "object" && body !== null ? body : {};
  } catch {
    return {}; // somebody on the way wrote it
  }
}
