"""What customers, evaluators and employees say about the center: surveys, notes, wrap-up codes, evaluations.

All of it is drawn after the run, over the finished contacts in the books, whatever their channel. Every contact and
agent has a random stream of its own, so that contacts of a further channel leave the draws of the others alone.
"""
