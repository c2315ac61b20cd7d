"""The page of the interactive reference: Scalar, from our own address, and nothing from elsewhere."""

import base64
import hashlib

SCALAR = "1.72.1"
"""The version of Scalar that functions/reference/scalar.js.gz has."""

# Requests go to where the page comes from. Scalar would load fonts, offer an assistant and open its own client.
_START = """
Scalar.createApiReference("#reference", {
  url: "openapi.json",
  servers: [{url: new URL(".", location.href).href.replace(/\\/$/, ""), description: "This deployment."}],
  withDefaultFonts: false,
  telemetry: false,
  agent: {disabled: true},
  mcp: {disabled: true},
  hideClientButton: true,
  showDeveloperTools: "never",
  documentDownloadType: "direct",
  persistAuth: false
})
"""

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        f"script-src 'self' 'sha256-{base64.b64encode(hashlib.sha256(_START.encode()).digest()).decode()}'",
        # Scalar writes its styles into the page.
        "style-src 'unsafe-inline'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)

PAGE = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Invoicing API</title>
<link rel="icon" href="data:,">
</head>
<body>
<noscript>This reference needs JavaScript. The <a href="openapi.json">OpenAPI document</a> does not.</noscript>
<div id="reference"></div>
<script src="docs/scalar.js?v={SCALAR}"></script>
<script>{_START}</script>
</body>
</html>
"""
