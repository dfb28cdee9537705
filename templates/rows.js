{% from "partials/lists.html" import cluster_row %}
{% set html %}{% for row in page.rows %}{{ cluster_row(row) }}{% endfor %}{% endset %}
twicetoldRows({{ html|tojson }});
