"""What a person does on the pages, as verbs over a web client: sign in, fill, upload, hand in, decide."""
