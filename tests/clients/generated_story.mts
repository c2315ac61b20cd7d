// The first story, with the types that openapi-typescript made of docs/openapi.json; prints the bodies that it read.
import { Client } from "./src/index.js";
import type { components, paths } from "./schema.js";

declare const process: { argv: string[] };
type Schemas = components["schemas"];
type Body<Path extends keyof paths> = paths[Path] extends { post: { requestBody?: { content: infer Content } } }
  ? Content extends { "application/json": infer Json extends object } ? Json : never
  : never;

const [, , url = "", key = ""] = process.argv;
const client = new Client(key, url);
const customer: Body<"/customers"> = { id: "cust_123", name: "Ada Lovelace", email: "ada@example.com" };
const invoice: Body<"/invoices"> = {
  customer_id: "cust_123",
  currency: "USD",
  items: [
    { description: "Web Development Services", quantity: 10, unit_price: 150.0, tax_rate: 0.0825 },
    { description: "Requests", quantity: 1234567.891, unit_price: 0.0012345678, tax_rate: 0.07 },
  ],
};
await client.post<Schemas["Customer"]>("/customers", customer);
const created = await client.post<Schemas["Invoice"]>("/invoices", invoice);
const { id } = created.data;
await client.post<Schemas["Invoice"]>(["invoices", id, "send"]);
const payment: Body<"/invoices/{invoice_id}/payments"> = { amount: 1499.99, payment_method: "bank_transfer" };
await client.post<Schemas["Payment"]>(["invoices", id, "payments"], payment);
const read = [created, await client.get<Schemas["Invoice"]>(["invoices", id])];
const total: number = read[1]!.data.total;
console.log(JSON.stringify({ total, sent: read.map((each) => new TextDecoder().decode(each.content)), read: read.map((each) => each.data) }));
