// The whole story of an invoice.

const facts = (pairs) =>
  element("dl", { class: "facts" }, pairs.filter(([, value]) => value).map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value))));

function sums(invoice) {
  const shown = (name, field, unless = 0) =>
    Number(invoice[field]) === Number(unless) ? [name, null] : [name, money(invoice[field], invoice.currency)];
  return facts([
    ["Total", money(invoice.total, invoice.currency)],
    shown("Payable", "amount_payable", invoice.total), shown("Paid", "amount_paid"),
    shown("Credited", "amount_credited"), shown("Written off", "amount_written_off"),
    ["Still due", money(invoice.amount_due, invoice.currency)],
  ]);
}

const particulars = (invoice) => facts([
  ["Customer", customerLink(invoice.customer.id, invoice.customer.name)],
  ["E-mail", invoice.customer?.email],
  ["Issued", date(invoice.issue_date)],
  ["Due", date(invoice.due_date)],
  ["Sent", invoice.sent_at && moment(invoice.sent_at)],
  ["Viewed", invoice.viewed_at && moment(invoice.viewed_at)],
  ["Paid", invoice.paid_date && date(invoice.paid_date)],
  ["Purchase order", invoice.purchase_order],
  ["Notes", invoice.notes],
]);

const lineTable = (invoice) => {
  const rows = invoice.items.map((line) => [
    cell(line.description), element("td", { class: "amount" }, String(line.quantity)),
    amountCell(line.unit_price, invoice.currency), amountCell(line.total, invoice.currency),
  ]);
  return table("Lines", ["Description", ">Quantity", ">Price", ">With tax"], rows, "No lines.");
};

const paymentTable = (invoice) => {
  const rows = invoice.payments.map((payment) => [
    cell(date(payment.payment_date)), cell(METHODS[payment.payment_method] ?? words(payment.payment_method)),
    cell(payment.reference ?? "—"), cell(state(payment.status)),
    amountCell(payment.amount, invoice.currency), amountCell(payment.returned, invoice.currency),
  ]);
  return table("Payments", ["Date", "Method", "Reference", "Status", ">Amount", ">Returned"], rows, "No payments.");
};

const creditNoteTable = (invoice) => {
  const rows = invoice.credit_notes.map((note) => [
    cell(note.credit_note_number), cell(date(note.issue_date)), cell(note.voided_at ? state("cancelled") : ""),
    amountCell(note.total, invoice.currency),
  ]);
  return table("Credit notes", ["Number", "Date", "Status", ">Total"], rows, "No credit notes.");
};

// Only addresses of the web: a link of any other kind could run something.
const isOfTheWeb = (href) => /^https?:\/\//.test(href);

function documents(invoice, problem) {
  const open = async () => {
    problem.replaceChildren();
    try {
      const { data } = await ask(address(["invoices", invoice.data.id, "pdf"]));
      if (isOfTheWeb(data.pdf_url)) outside(data.pdf_url, "PDF").click();
    } catch (error) {
      problem.replaceChildren(failure(error));
    }
  };
  const preview = invoice.links.preview;
  return [
    element("button", { type: "button", click: open }, "PDF"),
    preview && isOfTheWeb(preview) ? outside(preview, "The customer's page") : null,
  ];
}

const outside = (href, text) =>
  element("a", { href, target: "_blank", rel: "noopener noreferrer", class: "button" }, text);

async function timeline(id) {
  const { data, meta } = await ask(address(["invoices", id, "events"], { order: "asc", per_page: 100 }));
  const items = data.map((event) => {
    const by = event.actor.type === "customer" ? " by the customer" : "";
    return element("li", {}, moment(event.created_at), " ", `${words(event.type)}${by}`);
  });
  return [
    element("ol", { class: "timeline" }, items),
    meta.pagination.has_next ? element("p", { class: "quiet" }, "The first 100 events.") : null,
  ];
}

async function deliveriesOf(id) {
  const { data } = await ask(address(["deliveries"], { invoice_id: id, per_page: 100 }));
  const rows = data.map((delivery) => [...deliveryRow(delivery), cell(delivery.subject ?? "—")]);
  return table("E-mails", ["When", "To", "State", "Subject"], rows, "No e-mails.");
}

function invoiceView(id, again) {
  const heading = element("h1", { tabindex: "-1" }, "Invoice");
  const lines = element("div", { class: "whole" }), settlement = column();
  const whole = section("State", async () => {
    const invoice = await ask(address(["invoices", id]));
    const { data } = invoice;
    heading.textContent = data.invoice_number ?? "Draft";
    const problem = element("div", {});
    const part = (title, content) => element("section", {}, element("h2", {}, title), content);
    lines.replaceChildren(part("Lines", lineTable(data)));
    settlement.prepend(part("Payments", paymentTable(data)), part("Credit notes", creditNoteTable(data)));
    return [
      element("p", {}, state(data.is_overdue ? "overdue" : data.status)),
      element("div", { class: "columns" }, sums(data), particulars(data)),
      element("div", { class: "buttons" }, actionButtons(invoice, again), documents(invoice, problem)),
      problem,
    ];
  }, "whole");
  settlement.append(section("E-mails", () => deliveriesOf(id)));
  return [heading, whole, lines, column(section("Timeline", () => timeline(id))), settlement];
}
