using System.Collections.Frozen;

namespace Loa.Kernel;

/// <summary>Every right there is, and which role gives which: the whole of who-may-do-what, on one page.</summary>
public static class Rights
{
    public const string ManageOfficers = "officers.manage";
    public const string ManageTrust = "trust.manage";
    public const string ManageUnits = "units.manage";
    public const string SeeUnits = "units.see";
    public const string SeeLedger = "ledger.see";
    public const string HoldKey = "keys.hold";
    public const string SeeBulletins = "bulletins.see";
    public const string WriteBulletins = "bulletins.write";
    public const string ApproveBulletins = "bulletins.approve";
    public const string SeeBroadcasts = "broadcasts.see";
    public const string OrderBroadcasts = "broadcasts.order";
    public const string SeeSpeakers = "speakers.see";
    public const string ClaimSpeakers = "speakers.claim";
    public const string CommandSpeakers = "speakers.command";
    public const string UpdateSpeakers = "speakers.update";

    static readonly string[] Technicians =
    [
        "volume",
        "amplifier",
        "stop",
        "next",
        "pause",
        "resume",
        "restart",
        "identify",
        "self-test",
        "collect-log",
        "update",
    ];

    static readonly string[] Everyone = [SeeUnits, SeeBulletins, SeeBroadcasts, SeeSpeakers];

    /// <summary>Role → its rights. Roles are data of a post; this table is their meaning.</summary>
    public static readonly FrozenDictionary<string, FrozenSet<string>> OfRole = new Dictionary<string, string[]>(
        StringComparer.Ordinal
    )
    {
        ["author"] = [.. Everyone, WriteBulletins],
        ["approver"] = [.. Everyone, ApproveBulletins, OrderBroadcasts, HoldKey],
        ["technician"] =
        [
            .. Everyone,
            HoldKey,
            ClaimSpeakers,
            CommandSpeakers,
            UpdateSpeakers,
            .. Technicians.Select(ToCommand),
        ],
        // Who keeps the speakers does not give them away: only an administrator sends them to another server.
        ["administrator"] =
        [
            .. Everyone,
            ManageOfficers,
            ManageUnits,
            ManageTrust,
            SeeLedger,
            CommandSpeakers,
            ToCommand("change-server"),
        ],
        ["auditor"] = [.. Everyone, SeeLedger],
    }.ToFrozenDictionary(r => r.Key, r => r.Value.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The right to one command of the closed list; <see cref="CommandSpeakers"/> only opens the pages.</summary>
    public static string ToCommand(string command) => $"{CommandSpeakers}.{command}";

    public static bool Gives(string role, string right) =>
        OfRole.TryGetValue(role, out var rights) && rights.Contains(right);
}
