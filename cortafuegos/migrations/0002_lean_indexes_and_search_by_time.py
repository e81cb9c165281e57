import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Func, Q

# As before, and with the words that ``cortafuegos.inbox.queries.search`` narrows a question with: the
# brand, its week and its month of 28 days, counted from 1970. No text has a word that begins with §.
SEARCH = """
CREATE FUNCTION cortafuegos_search(body text, subject text, brand bigint, said_at timestamptz)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('pg_catalog.spanish', left(subject || ' ' || body, 100000))
      || to_tsvector('pg_catalog.simple',
           public.unaccent('public.unaccent'::regdictionary, left(subject || ' ' || body, 100000)))
      || array_to_tsvector(ARRAY['§' || brand,
           '§' || brand || 'w' || extract(epoch FROM said_at)::bigint / 604800,
           '§' || brand || 'm' || extract(epoch FROM said_at)::bigint / 2419200])
$$;
"""
BEFORE = """
CREATE FUNCTION cortafuegos_search(body text, subject text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('pg_catalog.spanish', left(subject || ' ' || body, 100000))
      || to_tsvector('pg_catalog.simple',
           public.unaccent('public.unaccent'::regdictionary, left(subject || ' ' || body, 100000)))
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cortafuegos", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex("message", "message_search"),
        migrations.RemoveField("message", "search"),
        migrations.RunSQL("DROP FUNCTION cortafuegos_search(text, text)", BEFORE),
        migrations.RunSQL(SEARCH, "DROP FUNCTION cortafuegos_search(text, text, bigint, timestamptz)"),
        migrations.AddField(
            "message",
            "search",
            models.GeneratedField(
                db_persist=True,
                expression=Func(
                    F("text"), F("subject"), F("brand"), F("posted_at"), function="cortafuegos_search"
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            "message",
            django.contrib.postgres.indexes.GinIndex(F("search"), name="message_search"),
        ),
        # Rows that an index cannot help to find need not be in it.
        migrations.RemoveIndex("case", "case_tags"),
        migrations.RemoveIndex("case", "case_mine"),
        migrations.RemoveIndex("case", "case_team"),
        migrations.AlterField(
            "case",
            "merged_into",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="cortafuegos.case",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                F("brand"),
                F("assignee"),
                F("due_at").asc(nulls_last=True),
                F("id"),
                condition=Q(state="open", assignee__isnull=False),
                name="case_mine",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                F("brand"),
                F("team"),
                F("due_at").asc(nulls_last=True),
                F("id"),
                condition=Q(state="open", team__isnull=False),
                name="case_team",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(F("merged_into"), condition=Q(merged_into__isnull=False), name="case_merged"),
        ),
        migrations.AddIndex("deadline", models.Index(fields=["case"], name="deadline_case")),
    ]
