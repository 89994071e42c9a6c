"""Writes the form: the workbook that one agency gets for one period."""

from planbook.forms.layout import FormLayout
from planbook.forms.package_writer import render_package
from planbook.forms.pages import lay_out
from planbook.model.form import Form


def write_form(form: Form, layout: FormLayout, key: bytes) -> bytes:
    """Return the workbook (.xlsx) of `form`; equal arguments give equal bytes.

    Args:
        form: What is issued.
        layout: How the form is laid out.
        key: The workspace's secret key, which seals the form.
    """
    return render_package(lay_out(form, layout, key))
