"""The method knows five factors and sixteen ingredients, each under one factor."""

import pytest

from vitaal.method.ingredients import UnknownIngredient, factors, ingredient


def test_there_are_sixteen_ingredients_under_five_factors() -> None:
    assert [len(factor.ingredients) for factor in factors()] == [4, 4, 2, 2, 4]


def test_an_ingredient_is_found_by_its_key() -> None:
    assert ingredient("openness-and-trust").name.nl == "Openheid en vertrouwen"


def test_an_ingredient_that_the_method_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownIngredient):
        ingredient("luck")
