"""The use cases of the product, one file each, named like their Lambda handler."""
