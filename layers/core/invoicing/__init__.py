"""The invoicing core: rules, use cases and the adapters every Lambda function shares."""

import gc

from invoicing.settings import in_lambda

if in_lambda():
    # What a start makes stays: looking for garbage in it costs a tenth of the start. `wiring.start` turns it on again.
    gc.disable()
