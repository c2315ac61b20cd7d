"""The invoicing core: rules, use cases and the adapters every Lambda function shares."""
