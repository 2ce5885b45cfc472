//! What an analysis of a text holds: tokens over the text's bytes, sentences, entities.
