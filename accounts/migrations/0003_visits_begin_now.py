from django.db import migrations

# Nobody was away just because nobody counted: the days without a visit begin with the release that counts them.
_BEGIN = "UPDATE accounts_user SET last_seen_on = CURRENT_DATE WHERE last_seen_on IS NULL"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_visits_and_sign_ins")]

    operations = [migrations.RunSQL(_BEGIN, migrations.RunSQL.noop)]
