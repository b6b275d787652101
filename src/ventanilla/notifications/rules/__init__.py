"""What is sent where, when it is tried again, and how texts are filled. Pure: values in, answer out."""
