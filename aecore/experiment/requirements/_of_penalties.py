"""What the penalties of a model need."""

from __future__ import annotations

from collections.abc import Mapping

from aecore.experiment.requirements._requirement import (
    Requirement,
    does_nothing_unless,
    needs,
)

HAS_HIDDEN_LAYERS = needs(
    lambda e: bool(e.backbone.widths(e.model.backbone)),
    "There is no hidden layer for this to act on.",
    "Add a hidden layer or turn this off.",
)
HAS_A_FREE_CODE = needs(
    lambda e: not e.bottleneck.shapes_code,
    lambda e: (
        f"A sparse code contradicts the {e.bottleneck.title.lower()} bottleneck, which decides "
        "itself how codes are spread."
    ),
    "Choose the plain bottleneck or turn this off.",
)

REQUIREMENTS: Mapping[str, tuple[Requirement, ...]] = {
    "model.penalties.dropout": (HAS_HIDDEN_LAYERS,),
    "model.penalties.batch_normalization": (HAS_HIDDEN_LAYERS,),
    "model.penalties.activity_l1": (HAS_A_FREE_CODE,),
    "model.penalties.kl_sparsity": (HAS_A_FREE_CODE,),
    "model.penalties.sparsity_target": (
        does_nothing_unless(lambda e: e.model.penalties.kl_sparsity is not None),
    ),
    "model.penalties.k_sparse": (
        HAS_A_FREE_CODE,
        Requirement(
            lambda e, kept: kept < e.model.encoding_dim,
            lambda e, kept: (
                f"A code of {e.model.encoding_dim} has no more than that to keep.",
                "Keep fewer, or raise the encoding dimension.",
            ),
        ),
        needs(
            lambda e: e.model.penalties.kl_sparsity is None,
            "k-sparse and KL sparsity make a code sparse in two ways that exclude each other.",
            "Turn one of them off.",
        ),
    ),
    "model.penalties.contractive": (
        needs(
            lambda e: e.bottleneck.differentiable,
            lambda e: (
                f"A {e.bottleneck.title.lower()} code moves in jumps and has no Jacobian to "
                "penalise."
            ),
            "Choose another bottleneck or turn this off.",
        ),
        needs(
            lambda e: e.backbone.second_derivatives,
            lambda e: (
                "The contractive penalty needs second derivatives, which "
                f"{e.backbone.title.lower()} layers do not give in reasonable time."
            ),
            "Choose other layers or turn this off.",
        ),
    ),
    "model.penalties.ordered": (
        does_nothing_unless(lambda e: e.model.encoding_dim > 1),
        needs(
            lambda e: not e.bottleneck.unordered,
            lambda e: e.bottleneck.unordered,
            "Choose the plain or the variational bottleneck, or turn the ordered code off.",
        ),
        needs(
            lambda e: e.model.penalties.k_sparse is None,
            "A k-sparse code keeps its largest numbers, wherever they stand, and an ordered code "
            "its first.",
            "Turn one of them off.",
        ),
        needs(
            lambda e: e.model.penalties.kl_sparsity is None,
            "KL sparsity wants all numbers of a code used equally often, and an ordered code the "
            "first most.",
            "Turn one of them off.",
        ),
        needs(
            lambda e: not e.model.penalties.batch_normalization,
            "Batch normalisation learns one mean and spread of each layer, and codes that are cut "
            "after more numbers have others.",
            "Turn one of them off.",
        ),
    ),
}
