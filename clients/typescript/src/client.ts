import { ApiError, NoResponseError } from "./errors.js";
import { envelopeOf, type ApiResponse } from "./response.js";

/** As in the reference, `"/invoices"`, or in parts, `["invoices", id, "send"]`; parts can have any text. */
export type Path = string | readonly string[];

type Value = string | number | boolean;
export type Query = Readonly<Record<string, Value | readonly Value[] | null | undefined>>;
export type RequestHeaders = Readonly<Record<string, string>>;
export type Body = object;

export interface ClientOptions {
  /** Seconds for each attempt. */
  timeout?: number;
  /** How often what gets no response, or one that another attempt may better, is tried again. */
  retries?: number;
  /** The longest `Retry-After` that is waited for, in seconds; with a longer one the error is thrown at once. */
  longestWait?: number;
}

interface Sent {
  url: string;
  init: RequestInit;
  idempotencyKey: string | undefined;
}

const USER_AGENT = "invoicing-client-typescript/0.1.0";
const WORTH_A_RETRY = new Set([429, 500, 502, 503, 504]);
const FIRST_PAUSE = 0.5;
const LONGEST_PAUSE = 8;

/** An account's way to the API. */
export class Client {
  readonly #apiKey: string;
  readonly #baseUrl: string;
  readonly #options: Required<ClientOptions>;

  /** `baseUrl` ends with `/v1/invoicing`. */
  constructor(apiKey: string, baseUrl: string, options: ClientOptions = {}) {
    if (!/^https?:\/\//.test(baseUrl)) {
      throw new TypeError("baseUrl must begin with https://, or with http:// on your own machine.");
    }
    this.#apiKey = apiKey;
    this.#baseUrl = baseUrl.replace(/\/+$/, "");
    const { timeout = 35, retries = 4, longestWait = 60 } = options;
    this.#options = { timeout, retries, longestWait };
  }

  /** Read a resource, or one page of a list. */
  get<T = any>(path: Path, query?: Query, headers?: RequestHeaders): Promise<ApiResponse<T>> {
    return this.request<T>("GET", path, { query, headers });
  }

  /** All items of a list, page by page, as they are asked for. */
  async *list<T = any>(path: Path, query?: Query): AsyncGenerator<T, void, undefined> {
    for await (const page of this.pages<T>(path, query)) yield* page.data;
  }

  /** The pages of a list, each with its `meta`. */
  async *pages<T = any>(path: Path, query?: Query): AsyncGenerator<ApiResponse<T[]>, void, undefined> {
    let more: Query | string | undefined = query ?? {};
    while (more !== undefined) {
      const page: ApiResponse<T[]> = await this.request<T[]>("GET", path, { query: more });
      yield page;
      const following = (page.meta.has_more ?? true) ? page.links["next"] : undefined;
      // Of the URL only the query: the key goes to the host of `baseUrl`, whatever a response says.
      more = following ? new URL(following).search.slice(1) : undefined;
    }
  }

  /**
   * Create something, or do an action, exactly once: with an `Idempotency-Key` of its own unless you set one.
   *
   * For a PDF in place of JSON, set `Accept`.
   */
  post<T = any>(path: Path, body?: Body, headers?: RequestHeaders): Promise<ApiResponse<T>> {
    return this.request<T>("POST", path, { body, headers });
  }

  /** Change some fields; with `If-Match`, only the version that has this ETag. */
  patch<T = any>(path: Path, body: Body, headers?: RequestHeaders): Promise<ApiResponse<T>> {
    return this.request<T>("PATCH", path, { body, headers });
  }

  /** Replace a resource as a whole. */
  put<T = any>(path: Path, body: Body, headers?: RequestHeaders): Promise<ApiResponse<T>> {
    return this.request<T>("PUT", path, { body, headers });
  }

  /** Delete, end or undo something. */
  delete<T = any>(path: Path, query?: Query, headers?: RequestHeaders): Promise<ApiResponse<T>> {
    return this.request<T>("DELETE", path, { query, headers });
  }

  /** Send a request, again if need be, and return the response; throw `ApiError` or `NoResponseError`. */
  async request<T = any>(
    method: string,
    path: Path,
    given: { body?: Body | undefined; query?: Query | string | undefined; headers?: RequestHeaders | undefined } = {},
  ): Promise<ApiResponse<T>> {
    const headers = new Headers(given.headers);
    headers.set("User-Agent", USER_AGENT);
    headers.set("Authorization", `Bearer ${this.#apiKey}`);
    if (given.body !== undefined) headers.set("Content-Type", "application/json");
    if (method === "POST" && !headers.has("Idempotency-Key")) headers.set("Idempotency-Key", crypto.randomUUID());
    const sent: Sent = {
      url: this.#baseUrl + pathOf(path) + queryOf(given.query),
      init: { method, headers, body: given.body === undefined ? null : JSON.stringify(given.body), redirect: "manual" },
      idempotencyKey: headers.get("Idempotency-Key") ?? undefined,
    };
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#attempt<T>(sent);
      } catch (error) {
        const seconds = this.#wait(error, attempt);
        if (seconds === undefined) throw error;
        await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      }
    }
  }

  async #attempt<T>({ url, init, idempotencyKey }: Sent): Promise<ApiResponse<T>> {
    let response: Response;
    let content: Uint8Array;
    try {
      response = await fetch(url, { ...init, signal: AbortSignal.timeout(this.#options.timeout * 1000) });
      content = new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      throw new NoResponseError(error, idempotencyKey);
    }
    const { status, headers } = response;
    const envelope = envelopeOf(headers, content);
    // A change that was redirected had no effect; browsers show a redirect as status 0.
    const isRefused = init.method === "GET" ? status >= 400 : !response.ok;
    if (isRefused) throw new ApiError(status, headers, envelope, idempotencyKey);
    const { data, meta = {}, links = {} } = envelope;
    return { status, headers, content, data: data as T, meta, links, etag: headers.get("etag") };
  }

  /** The seconds until the next attempt; undefined if there is to be none. */
  #wait(error: unknown, attempt: number): number | undefined {
    if (attempt >= this.#options.retries) return undefined;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt) * (0.5 + Math.random() / 2);
    if (error instanceof NoResponseError) return pause;
    if (!(error instanceof ApiError) || !WORTH_A_RETRY.has(error.status)) return undefined;
    const asked = error.retryAfter ?? 0;
    return asked > this.#options.longestWait ? undefined : pause + asked;
  }
}

function pathOf(path: Path): string {
  const parts = typeof path === "string" ? path.split("/").filter((part) => part !== "") : path;
  for (const part of parts) {
    // An empty part would be another path, and dots are resolved on the way.
    if (["", ".", ".."].includes(part)) throw new TypeError(`"${part}" cannot be a part of a path: is an id empty?`);
  }
  return `/${parts.map(encodeURIComponent).join("/")}`;
}

function queryOf(query: Query | string = {}): string {
  if (typeof query === "string") return `?${query}`;
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : "";
}
