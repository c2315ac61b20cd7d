"use strict";
// The API: the key, requests, and what went wrong.

const KEY_NAME = "invoicing_api_key";
const API = new URL(".", location.href); // ends in /v1/invoicing/

// The storage of a session belongs to one tab, and ends with it.
const apiKey = () => sessionStorage.getItem(KEY_NAME) ?? "";
const isTestKey = () => apiKey().startsWith("sk_test_");

class Refused extends Error {
  constructor(status, error) {
    super(error.message);
    this.status = status;
    this.details = (error.details ?? []).map((detail) => detail.message).filter((each) => each !== error.message);
    this.requestId = error.request_id;
  }
}

// Numbers with decimals stay the text that the API wrote: a float would lose digits and trailing zeros.
const exactJson = (text) =>
  JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\d+\.\d+/g, (part) => (part.startsWith('"') ? part : `"${part}"`)));

// An address below the API's; every part is escaped, so that no id and no word leads elsewhere.
const address = (parts, query = {}) => {
  const path = parts.map(encodeURIComponent).join("/");
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
};

async function ask(path, { method = "GET", body, key, etag } = {}) {
  const used = apiKey();
  const headers = { Authorization: `Bearer ${used}` };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  if (etag) headers["If-Match"] = etag;
  const asked = { method, headers, body: body && JSON.stringify(body), cache: "no-store", credentials: "omit" };
  let answer, text;
  try {
    answer = await fetch(new URL(path, API), { ...asked, redirect: "error", referrerPolicy: "no-referrer" });
    text = await answer.text();
  } catch {
    throw new Refused(0, { message: "The API cannot be reached. Check your connection, and try again." });
  }
  let content;
  try {
    content = text ? exactJson(text) : {};
  } catch {
    content = {};
  }
  if (answer.ok) return { ...content, etag: answer.headers.get("ETag") };
  const refused = new Refused(answer.status, content.error ?? { message: `The API answered ${answer.status}.` });
  // A late answer to a key that was forgotten must not take the next one away.
  if (answer.status === 401 && used === apiKey()) forgetKey(refused.message);
  throw refused;
}

const randomKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// The same request again, after an answer was lost, takes effect once; another request has another key.
function idempotencyKeys() {
  let last, key;
  return (body) => {
    const request = JSON.stringify(body ?? null);
    if (request !== last) [last, key] = [request, randomKey()];
    return key;
  };
}
