"""Make the fonts of all scripts, if they are not there yet."""

from tools.fonts.build import built

if folder := built():
    print(f"The fonts of all scripts are in {folder}.")
