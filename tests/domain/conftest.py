"""How hard hypothesis tries."""

from hypothesis import settings

from tests.examples import examples

settings.register_profile("suite", deadline=None, max_examples=examples(60))
settings.load_profile("suite")
