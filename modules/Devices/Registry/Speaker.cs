using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Vietnamese;

namespace Loa.Devices.Registry;

/// <summary>
/// One speaker as lists and counts need it: what its acts say of it (a cache, renewed with each act),
/// and what it last said of itself.
/// </summary>
sealed class Speaker : IReportingSpeaker, INamedRow
{
    public required Guid Id { get; init; }
    public string Serial { get; set; } = "";
    public string Name { get; set; } = "";

    /// <summary>Its place in lists (<see cref="SortKey"/>).</summary>
    public string NameKey { get; set; } = "";

    /// <summary>Name, serial, hamlet and commune without diacritics.</summary>
    public string Search { get; set; } = "";
    public string Vendor { get; set; } = "";
    public string Model { get; set; } = "";
    public int Horns { get; set; }
    public Guid UnitId { get; set; }
    public string State { get; set; } = "";
    public bool MadeUp { get; set; }

    /// <summary>The key it must prove; null while it is not enrolled.</summary>
    public string? Kid { get; set; }

    /// <summary>When its first board was given this place; null when that was before it was noted.</summary>
    public DateTimeOffset? PlacedAt { get; set; }
    public long PlacementVersion { get; set; }

    public Presence Presence { get; set; }
    public DateTimeOffset? PresenceAt { get; set; }
    public DateTimeOffset? LastSeen { get; set; }

    /// <summary>The number of its latest connection; what an earlier one still reports is old.</summary>
    public long Line { get; set; }

    /// <summary>The node that carries, or last carried, that connection.</summary>
    public string? Node { get; set; }
    public string? Firmware { get; set; }

    /// <summary>The commands it can carry out, separated by blanks; null when it can all.</summary>
    public string? Can { get; set; }

    /// <summary>The largest message it takes; null when it takes any.</summary>
    public int? LargestMessage { get; set; }
    public int? Volume { get; set; }
    public Guid? Playing { get; set; }
    public long? StorageFree { get; set; }

    /// <summary>What is amiss with it, as it last told.</summary>
    public Alarms Alarms { get; set; }

    /// <summary>The version of the software package in force; null before it told of one.</summary>
    public long? Software { get; set; }

    /// <summary>The version of the configuration package in force; null before it told of one.</summary>
    public long? Configuration { get; set; }
    public long? TimetableHeld { get; set; }
    public long? PlacementHeld { get; set; }
    public long? RevocationsHeld { get; set; }

    /// <summary>The key id of the root it obeys; null before it said so.</summary>
    public string? RootHeld { get; set; }

    /// <summary>Which rules it knows, as it said on its last connection.</summary>
    public int? Protocol { get; set; }

    /// <summary>Why it last refused, until it plays again.</summary>
    public string? RefusedReason { get; set; }
    public DateTimeOffset? RefusedAt { get; set; }

    /// <summary>The end of its chain of records as it is stored here.</summary>
    public long RecordSeq { get; set; }
    public string RecordHash { get; set; } = "";

    /// <summary>What is wrong with the records it sends; null when nothing is.</summary>
    public string? RecordFault { get; set; }

    /// <summary>Takes the volume that it tells of; so soft a one is somebody's slip until it is known better.</summary>
    public void Tells(int? volume)
    {
        Volume = volume;
        Alarms = volume < HornShare.Audible ? Alarms | Alarms.SoftVolume : Alarms & ~Alarms.SoftVolume;
    }

    /// <summary>Whether it was built for a command.</summary>
    public bool Knows(string command) => Can is null || Can.Split(' ').Contains(command, StringComparer.Ordinal);

    public bool IsOnline => Presence == Presence.Online;

    RecordHead IReportingSpeaker.Recorded
    {
        get => new(RecordSeq, RecordHash);
        set => (RecordSeq, RecordHash) = (value.Seq, value.Hash);
    }

    bool IReportingSpeaker.Floods => Alarms.HasFlag(Alarms.Flood);

    public static Speaker Of(Case folded, UnitTree tree)
    {
        var speaker = new Speaker { Id = folded.Id };
        speaker.Take(folded, tree);
        return speaker;
    }

    /// <summary>Renews what the acts say. A new key begins a new chain of records, and nothing is known of what it holds.</summary>
    public void Take(Case folded, UnitTree tree)
    {
        Serial = folded.Text("serial");
        Name = folded.Text("name");
        NameKey = SortKey.Of(Name);
        Vendor = folded.Text("vendor");
        Model = folded.Text("model");
        Horns = (int)folded.Number("horns");
        UnitId = folded.UnitId;
        State = folded.State ?? "";
        MadeUp = folded.Flag("made_up");
        PlacementVersion = folded.Number("placement_version");
        var places = tree.PathOf(UnitId).Reverse().Take(2).Select(unit => tree.Find(unit)!.Name);
        Search = Folding.Fold(string.Join(' ', [Name, Serial, .. places]));

        var kid = State == SpeakerStates.Enrolled ? folded.Text("kid") : null;
        if (kid == Kid)
            return;
        // A board that replaces another takes its place over, with all that was ordered for it.
        if (Kid is null || kid is null)
            PlacedAt = kid is null ? null : folded.MovedAt;
        Kid = kid;
        Forget();
    }

    void Forget()
    {
        (RecordSeq, RecordHash) = (RecordHead.Start.Seq, RecordHead.Start.Hash);
        (RecordFault, RefusedReason, RefusedAt) = (null, null, null);
        (TimetableHeld, PlacementHeld, RevocationsHeld) = (null, null, null);
        (RootHeld, Protocol) = (null, null);
        (Playing, Volume, Presence) = (null, null, Presence.Never);
        (Alarms, Software, Configuration) = (Alarms.None, null, null);
        (Can, LargestMessage) = (null, null);
    }
}
