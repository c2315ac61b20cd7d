"""Number series and their audit."""
