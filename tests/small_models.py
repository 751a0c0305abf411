"""Small real models, built in a moment: a cross-encoder that likes texts with a given word, and others that are no such thing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corpus import plans

if TYPE_CHECKING:
    from transformers import BertConfig, BertTokenizerFast, PreTrainedModel

WIDTH = 32  # numbers to a character
WORDS = ["<unk>", "谁", "负责", "充电桩", "停车", "query", "passage", "charging", "parking", ":"]


def save_cross_encoder(folder: Path, liked: str, labels: int = 1) -> Path:
    """A cross-encoder whose score grows with the share of the characters of `liked` in the text; "" likes all texts alike.

    The self-attention looks everywhere alike, so that the first place sees the mean of the characters' vectors, of which
    the first number says whether the character is liked.
    """
    import torch
    from transformers import BertForSequenceClassification

    tokenizer = _tokenizer()
    model = BertForSequenceClassification(_config(len(tokenizer), labels))
    with torch.no_grad():
        for name, weights in model.named_parameters():
            if "LayerNorm" not in name:
                weights.zero_()
        layer = model.bert.encoder.layer[0].attention
        for linear in (layer.self.value, layer.output.dense, model.bert.pooler.dense):
            linear.weight.copy_(torch.eye(WIDTH))
        characters = model.bert.embeddings.word_embeddings.weight
        characters[:, 1:] = torch.randn(characters[:, 1:].shape, generator=torch.Generator().manual_seed(0))
        characters[tokenizer.convert_tokens_to_ids(list(liked)), 0] = 9.0
        model.classifier.weight[:, 0] = 4.0 if liked else 0.0
    return _saved(model, tokenizer, folder)


def save_bert(folder: Path, half: bool = False) -> Path:
    """The weights of a bare BERT encoder, as repositories without the settings of sentence-transformers hold them."""
    import torch
    from transformers import BertModel

    tokenizer = _tokenizer()
    model = BertModel(_config(len(tokenizer), 1))
    return _saved(model.to(torch.bfloat16) if half else model, tokenizer, folder)


def save_vector_model(folder: Path, prompts: dict[str, str]) -> Path:
    """A static vector model with a vector of 16 numbers for each of WORDS, the first of which stands for all others."""
    import numpy as np
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({word: place for place, word in enumerate(WORDS)}, unk_token=WORDS[0]))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    table = np.random.default_rng(0).normal(size=(len(WORDS), 16)).astype(np.float32)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=table), Normalize()], device="cpu"
    )
    model.prompts = prompts
    model.save(str(folder), create_model_card=False)
    return folder


def _tokenizer() -> BertTokenizerFast:
    """Every character of the two bundled plans is a token."""
    from transformers import BertTokenizerFast

    text = "".join(path.read_text(encoding="utf-8") for path in plans.paths()).lower()
    known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set(text) - set(" \n\t"))]
    return BertTokenizerFast(vocab={token: place for place, token in enumerate(known)})


def _config(tokens: int, labels: int) -> BertConfig:
    from transformers import BertConfig

    return BertConfig(
        vocab_size=tokens,
        hidden_size=WIDTH,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=WIDTH,
        max_position_embeddings=512,
        num_labels=labels,
    )


def _saved(model: PreTrainedModel, tokenizer: BertTokenizerFast, folder: Path) -> Path:
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
