"""register and documents"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("vague", sa.Boolean(), nullable=False),
        sa.Column("represents", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["represents"], ["agency.id"], name=op.f("fk_agency_represents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
    )
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agency_kind"), ["kind"], unique=False)

    op.create_table(
        "agency_alias",
        sa.Column("agency_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("alias", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agency_alias_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "position", name=op.f("pk_agency_alias")),
    )
    op.create_table(
        "agency_succession",
        sa.Column("agency_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("successor_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("succeeded_on", sa.Date(), nullable=True),
        sa.Column("legal_basis", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agency_succession_agency_id")),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["agency.id"], name=op.f("fk_agency_succession_successor_id")
        ),
        sa.PrimaryKeyConstraint("agency_id", "successor_id", name=op.f("pk_agency_succession")),
    )
    op.create_table(
        "committee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("chair_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("standing_agency_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("upper_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("secretariat_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["agency.id"], name=op.f("fk_committee_body_id")),
        sa.ForeignKeyConstraint(["chair_id"], ["agency.id"], name=op.f("fk_committee_chair_id")),
        sa.ForeignKeyConstraint(["secretariat_id"], ["agency.id"], name=op.f("fk_committee_secretariat_id")),
        sa.ForeignKeyConstraint(
            ["standing_agency_id"], ["agency.id"], name=op.f("fk_committee_standing_agency_id")
        ),
        sa.ForeignKeyConstraint(["upper_id"], ["agency.id"], name=op.f("fk_committee_upper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee")),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_contact_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("agency_id", "role", "label", name=op.f("uq_contact_agency_id_role_label")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "ready", "issued", name="state", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("issuer_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("issuer", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("identity", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("issue_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("issued_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["issuer_id"], ["agency.id"], name=op.f("fk_document_issuer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("identity", name=op.f("uq_document_identity")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_state"), ["state"], unique=False)

    op.create_table(
        "group_member",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("member_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["agency.id"], name=op.f("fk_group_member_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["agency.id"], name=op.f("fk_group_member_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
        sa.UniqueConstraint(
            "group_id", "member_id", "valid_from", name=op.f("uq_group_member_group_id_member_id_valid_from")
        ),
    )
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_member_group_id"), ["group_id"], unique=False)

    op.create_table(
        "contact_address",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("unusable_since", sa.Date(), nullable=True),
        sa.Column("unusable_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_address_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_address")),
        sa.UniqueConstraint("contact_id", "url", name=op.f("uq_contact_address_contact_id_url")),
    )
    with op.batch_alter_table("contact_address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_address_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "directive",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column(
            "due_kind",
            sa.Enum(
                "date",
                "recurring",
                "none",
                name="due_kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_rule", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("due_phrase", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("due_read_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("due_anchor", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("due_approximate", sa.Boolean(), nullable=False),
        sa.Column("due_event", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("escalation", sa.Boolean(), nullable=False),
        sa.Column("standing_rule", sa.Boolean(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_directive_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive")),
        sa.UniqueConstraint("document_id", "ordinal", name=op.f("uq_directive_document_id_ordinal")),
    )
    op.create_table(
        "directive_party",
        sa.Column("directive_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lead",
                "cooperate",
                "report_to",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agency_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_directive_party_agency_id")),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_directive_party_directive_id")
        ),
        sa.PrimaryKeyConstraint("directive_id", "role", "position", name=op.f("pk_directive_party")),
    )


def downgrade() -> None:
    op.drop_table("directive_party")
    op.drop_table("directive")
    with op.batch_alter_table("contact_address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_address_contact_id"))

    op.drop_table("contact_address")
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_member_group_id"))

    op.drop_table("group_member")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_state"))

    op.drop_table("document")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_agency_id"))

    op.drop_table("contact")
    op.drop_table("committee")
    op.drop_table("agency_succession")
    op.drop_table("agency_alias")
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agency_kind"))

    op.drop_table("agency")
