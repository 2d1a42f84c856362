namespace Loa.Calendar;

/// <summary>The period that a rule goes by (RFC 5545 FREQ); what recurs within a day is not ours.</summary>
public enum Frequency
{
    Daily,
    Weekly,
    Monthly,
    Yearly,
}
