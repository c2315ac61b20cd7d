import { WebhookError } from "./errors.js";

/** How many seconds a request may be old, or a clock wrong. */
export const TOLERANCE = 300;

/** What a webhook posts; `data` is the resource as it was at the event. */
export interface InvoicingEvent<T = any> {
  event: string;
  data: T;
  meta: {
    event_id: string;
    timestamp: string;
    version: string;
    sequence: number;
    mode: "live" | "test";
    imported: boolean;
  };
}

type GivenHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Return the event of a request to your endpoint; throw `WebhookError` if it is not genuine or fresh.
 *
 * `body` is the bytes that came, unparsed; `headers` are those of a `Request`, or of Node's `IncomingMessage`. While
 * the secret rotates a request has two signatures: the old secret and the new one both verify it. An event can come
 * several times: drop those whose `meta.event_id` you know.
 */
export async function verifiedEvent<T = any>(
  secret: string,
  headers: GivenHeaders,
  body: Uint8Array,
  options: { tolerance?: number; now?: number } = {},
): Promise<InvoicingEvent<T>> {
  const text = new TextEncoder();
  if (secret === "") throw new TypeError("The secret is empty: anybody could sign with it.");
  const key = secret.startsWith("whsec_") ? fromBase64(secret.slice(6)) : text.encode(secret);
  if (key.length === 0) throw new TypeError("The secret has no base64 after whsec_: it is not as it was shown.");
  const { tolerance = TOLERANCE, now = Date.now() / 1000 } = options;
  const given = (name: string): string => header(headers, name) ?? "";
  const sentAt = given("webhook-timestamp");
  if (!/^\d+$/.test(sentAt)) throw new WebhookError("The header webhook-timestamp is missing, or is no time.");
  if (!(Math.abs(now - Number(sentAt)) <= tolerance)) {
    throw new WebhookError("The request is too old, or the clock of this machine is wrong.");
  }
  const before = text.encode(`${given("webhook-id")}.${sentAt}.`);
  const signed = new Uint8Array(before.length + body.length);
  signed.set(before);
  signed.set(body, before.length);
  const signatures = given("webhook-signature").split(/\s+/).filter((each) => each.startsWith("v1,"));
  await find(key, signed, signatures.map((each) => fromBase64(each.slice(3))), "webhook-signature");
  const ofBody = header(headers, "x-aqnt-signature");
  if (ofBody !== undefined) {
    // It covers no time, so that it does not do alone.
    const hex = ofBody.split(",").map((each) => each.trim()).filter((each) => each.startsWith("sha256="));
    await find(text.encode(secret), body, hex.map((each) => fromHex(each.slice(7))), "X-AQNT-Signature");
  }
  return JSON.parse(new TextDecoder().decode(body)) as InvoicingEvent<T>;
}

/** Throw `WebhookError` if none of the signatures is right; takes as long for any that are wrong. */
async function find(key: Uint8Array, signed: Uint8Array, signatures: Uint8Array[], name: string): Promise<void> {
  const imported = await crypto.subtle.importKey("raw", bytes(key), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  for (const signature of signatures) {
    if (await crypto.subtle.verify("HMAC", imported, bytes(signature), bytes(signed))) return;
  }
  throw new WebhookError(`${name} is not of this secret and body.`);
}

function header(headers: GivenHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const found = Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1];
  return typeof found === "object" ? found.join(", ") : found;
}

/** The bytes of a text in base64; none if it is not. */
function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (each) => Number.parseInt(each, 16));
}

/** The same bytes, in memory that nobody shares: Web Crypto takes no other. */
function bytes(given: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(given);
}
