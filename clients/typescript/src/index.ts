export { Client, type Body, type ClientOptions, type Path, type Query, type RequestHeaders } from "./client.js";
export { ApiError, InvoicingError, NoResponseError, WebhookError, type ErrorDetail } from "./errors.js";
export { type ApiResponse, type Links, type Meta, type Pagination, type Warning } from "./response.js";
export { TOLERANCE, verifiedEvent, type InvoicingEvent } from "./webhooks.js";
