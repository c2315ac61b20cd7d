// What test_typescript.py has the client do: `node scenarios.mjs NAME ARGUMENT…`, with arguments and result in JSON.
import { ApiError, Client, InvoicingError, NoResponseError, verifiedEvent } from "./src/index.js";

declare const process: { argv: string[] };

const CUSTOMER = { id: "cust_123", name: "Ada Lovelace", email: "ada@example.com" };
const LINE = { description: "Web Development Services", quantity: 10, unit_price: 150.0 };
const INVOICE = { customer_id: "cust_123", items: [LINE], currency: "USD" };

/** What the client would have waited, in milliseconds; nobody waits. */
const pauses: number[] = [];
const inTime = globalThis.setTimeout;
globalThis.setTimeout = ((done: () => void, milliseconds: number) => {
  // Those of fetch are whole; a pause is a random part of a second.
  if (Number.isInteger(milliseconds)) return inTime(done, milliseconds);
  pauses.push(milliseconds);
  queueMicrotask(done);
  return undefined;
}) as unknown as typeof setTimeout;

async function caught(promise: Promise<unknown>): Promise<InvoicingError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof InvoicingError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const scenarios: Record<string, (...given: any[]) => Promise<unknown>> = {
  async story(url: string, key: string) {
    const client = new Client(key, url);
    await client.post("/customers", CUSTOMER);
    const draft = await client.post<{ id: string; total: number }>("/invoices", INVOICE);
    const { id, total } = draft.data;
    const version = { "If-Match": draft.etag ?? "" };
    await client.patch(["invoices", id], { notes: "Thank you" }, version);
    const late = await caught(client.patch(["invoices", id], { notes: "Too late" }, version));
    const wrong = await caught(client.post("/invoices", { ...INVOICE, items: [{ ...LINE, quantity: 0 }] }));
    const sent = await client.post(["invoices", id, "send"]);
    await client.post(["invoices", id, "payments"], { amount: 1499.99, payment_method: "cash" });
    const { data: partly } = await client.get(["invoices", id]);
    const other = await client.post("/invoices", INVOICE);
    const { status: deleted } = await client.delete(["invoices", other.data.id]);
    const webhook = await client.post("/webhooks", { url: "https://hooks.example.com/invoicing", events: ["*"] });
    return {
      created: [draft.status, total, draft.meta.warnings ?? []],
      late: late instanceof ApiError && [late.status, late.type, late.code],
      wrong: wrong instanceof ApiError && [wrong.status, wrong.requestId, wrong.details[0]?.field, wrong.message],
      statuses: [sent.data.status, partly.status, partly.amount_due, deleted],
      secret: webhook.data.secret,
    };
  },

  async pages(url: string, key: string) {
    const client = new Client(key, url);
    for (const number of [0, 1, 2, 3, 4]) await client.post("/customers", { ...CUSTOMER, id: `cust_${number}` });
    const ids: string[] = [];
    const query = { per_page: 2, order: "asc", archived: false, "filter[name][in]": null };
    for await (const customer of client.list<{ id: string }>("/customers", query)) ids.push(customer.id);
    for await (const customer of client.list("/customers", query)) {
      ids.push(customer.id);
      break;
    }
    const more: (boolean | undefined)[] = [];
    for await (const page of client.pages("/events", { limit: 3 })) more.push(page.meta.has_more);
    return { ids, more };
  },

  async create(url: string, key: string, headers?: Record<string, string>) {
    const client = new Client(key, url);
    const created = await client.post("/invoices", INVOICE, headers);
    const ids: string[] = [];
    for await (const invoice of client.list("/invoices")) ids.push(invoice.id);
    return { id: created.data.id, ids, replayed: created.headers.get("idempotent-replayed"), pauses };
  },

  async failure(url: string) {
    const error = await caught(new Client("sk_test_x", url).post("/invoices", INVOICE));
    const { idempotencyKey } = error as NoResponseError;
    const { name, message } = error;
    return { name, message, idempotencyKey, after: (error as ApiError).retryAfter ?? null, pauses: pauses.length };
  },

  async requests(url: string, operations: [string, string[]][]) {
    const client = new Client("sk_test_x", url);
    for (const [method, parts] of operations) await client.request(method, parts);
    return null;
  },

  async refused(paths: string[][]) {
    const client = new Client("sk_test_x", "https://api.example.com/v1/invoicing");
    return Promise.all(paths.map((path) => client.delete(path).catch(String)));
  },

  async verify(secret: string, headers: Record<string, string>, hex: string) {
    const body = Uint8Array.from(hex.match(/../g) ?? [], (each) => Number.parseInt(each, 16));
    const results = [headers, new Headers(headers)].map((each) => verifiedEvent(secret, each, body).catch(String));
    const [plain, fetched] = await Promise.all(results);
    return JSON.stringify(plain) === JSON.stringify(fetched) ? plain : { plain, fetched };
  },
};

const [, , name = "", ...given] = process.argv;
console.log(JSON.stringify(await scenarios[name]?.(...given.map((each) => JSON.parse(each)))));
