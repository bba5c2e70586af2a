// The look is switched without a new page.
