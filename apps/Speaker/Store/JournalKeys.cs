namespace Loa.Speaker.Store;

/// <summary>The keys of the journal.</summary>
static class JournalKeys
{
    public const string Root = "root";
    public const string Enrolment = "enrolment";
    public const string Identity = "identity";

    /// <summary>Of the key that the speaker was claimed by.</summary>
    public const string Key = "key";
    public const string Placement = "placement";
    public const string Revocations = "revocations";
    public const string Nonces = "nonces";
    public const string Timetable = "timetable";
    public const string TimetableVersion = "timetable-version";
    public const string Volume = "volume";
    public const string Amplifier = "amplifier";
    public const string Pause = "pause";
    public const string Time = "time";
    public const string RecordHead = "records";

    /// <summary>The head of the server's ledger that was written into the records last.</summary>
    public const string LedgerHead = "ledger-head";

    public const string Server = "server";
    public const string ServerTrial = "server-trial";
    public const string Update = "update";

    public static string Order(Guid command) => $"order/{command:d}";

    public static string Highest(Air.PackageKind kind) => $"highest/{kind}";

    public static string Delegation(string digest) => $"delegation/{digest}";

    public static string Horn(int horn) => $"horn/{horn}";

    // Padded, so that the order of the keys is that of the records.
    public static string Record(long seq) => $"record/{seq:d12}";

    public static string Item(Guid id) => $"item/{id:d}";
}
