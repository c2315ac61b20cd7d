// What can be done with an invoice: each action asks first, and says what the API answers.

const METHODS = {
  bank_transfer: "Bank transfer", cash: "Cash", check: "Check", credit_card: "Credit card", paypal: "PayPal",
  other: "Other",
};

function field(label, name, control, hint) {
  const id = `field-${name}`, note = hint ? `${id}-hint` : null;
  control.id = id;
  control.name = name;
  if (note) control.setAttribute("aria-describedby", note);
  return element("div", { class: "field" },
    element("label", { for: id }, label), control, hint ? element("p", { id: note, class: "quiet" }, hint) : null);
}

const input = (attributes) => element("input", { autocomplete: "off", ...attributes });
const choice = (names) =>
  element("select", {}, Object.entries(names).map(([value, name]) => element("option", { value }, name)));

// An amount as a JSON number; what is none is sent as it is, and the API says what is wrong.
const typedNumber = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);

const ACTIONS = {
  send: {
    name: ({ data }) => (data.status === "draft" ? "Issue and send" : "Send again"),
    path: ["send"],
    says: ({ data }) => {
      const goes = `goes to ${data.customer?.email ?? "the address that you name"} by e-mail`;
      return data.status === "draft"
        ? `The invoice gets its number and ${goes}. An issued invoice cannot be changed any more.`
        : `The invoice ${goes} once more.`;
    },
    fields: () => [field("To", "to", input({ type: "email" }), "Leave it empty for the customer's address.")],
    body: ({ to }) => (to ? { to } : {}),
    done: "The invoice was sent.",
  },
  remind: {
    name: () => "Remind",
    path: ["reminders"],
    says: ({ data }) => {
      const owed = money(data.amount_due, data.currency);
      return `A reminder of ${owed} goes to ${data.customer?.email ?? "the customer"} now.`;
    },
    fields: () => [],
    body: () => undefined,
    done: "The reminder was sent.",
  },
  pay: {
    name: () => "Record a payment",
    path: ["payments"],
    says: ({ data }) => `${money(data.amount_due, data.currency)} is still due. Record what came in.`,
    fields: ({ data }) => [
      field(`Amount in ${data.currency}`, "amount",
        input({ inputmode: "decimal", required: true, value: data.amount_due })),
      field("Date", "payment_date", input({ type: "date" }), "Leave it empty for today."),
      field("Method", "payment_method", choice(METHODS)),
      field("Reference", "reference", input({ maxlength: "250" })),
    ],
    body: ({ amount, ...rest }) => {
      const given = Object.entries(rest).filter(([, value]) => value);
      return { amount: typedNumber(amount), ...Object.fromEntries(given) };
    },
    done: "The payment was recorded.",
  },
  void: {
    name: () => "Void",
    path: ["void"],
    isFinal: true,
    says: ({ data }) => `${data.invoice_number ?? "The draft"} is cancelled for good. Its number stays used.`,
    fields: () => [field("Reason", "reason", input({ maxlength: "500" }), "For your own records.")],
    body: ({ reason }) => (reason ? { reason } : {}),
    done: "The invoice was voided.",
  },
};

function confirmation(invoice, action, after) {
  const problem = element("div", {});
  const keys = idempotencyKeys();
  const confirm = element("button", { type: "submit", class: action.isFinal ? "final" : "main" }, action.name(invoice));
  const cancel = element("button", { type: "button", click: () => dialog.close() }, "Cancel");
  const form = element("form", { submit: (event) => {
    event.preventDefault();
    run(Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()])));
  } }, action.fields(invoice), problem, element("div", { class: "buttons" }, confirm, cancel));
  const dialog = element("dialog", { "aria-labelledby": "dialog-title", close: () => dialog.remove() },
    element("h2", { id: "dialog-title" }, action.name(invoice)), element("p", {}, action.says(invoice)), form);

  async function run(given) {
    confirm.disabled = true;
    problem.replaceChildren();
    try {
      const body = action.body(given);
      const path = address(["invoices", invoice.data.id, ...action.path]);
      const { meta } = await ask(path, { method: "POST", body, key: keys(body), etag: invoice.etag });
      dialog.close();
      after([action.done, ...(meta?.warnings ?? []).map((warning) => warning.message)].join(" "));
    } catch (error) {
      if (error.status === 412) {
        dialog.close();
        return after("Nothing was done: the invoice has changed meanwhile. Look at it, and decide again.");
      }
      problem.replaceChildren(failure(error));
      confirm.disabled = false;
    }
  }
  document.body.append(dialog);
  dialog.showModal();
}

// A button for each action whose link is there: the API says what is possible now.
const actionButtons = (invoice, after) =>
  Object.entries(ACTIONS)
    .filter(([name]) => invoice.links[name])
    .map(([, action]) =>
      element("button", { type: "button", click: () => confirmation(invoice, action, after) }, action.name(invoice)));
