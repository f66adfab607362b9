"""The words of printed papers: facts in, a paper out, for a page to set today and a file tomorrow.

Pure functions: no clock, no database, no settings. The form is that of Nghị định 30/2020/NĐ-CP, phụ lục I.
"""
