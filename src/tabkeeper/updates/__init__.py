"""Whether a newer release exists, and how this kind of installation is upgraded. Nothing is replaced here.

Asked at most once a day, of one address, with nothing in the question that tells who asks. No Qt here.
"""
