"""The one kind of error whose text is meant for the person at the desk."""


class Refusal(Exception):
    """Something asked for cannot be done; the text says what is wrong and what to do.

    The text is one or two plain sentences without paths of photos or names of clients.
    """
