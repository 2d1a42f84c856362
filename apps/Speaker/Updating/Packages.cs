using Loa.Air;
using Loa.Speaker.Store;

namespace Loa.Speaker.Updating;

/// <summary>The packages in force on this speaker, of each kind, and how far back none may go.</summary>
sealed class Packages
{
    /// <summary>What a software package must have, and what is started of it.</summary>
    public const string Program = "Loa.Speaker";

    /// <summary>What a configuration package must have.</summary>
    public const string SettingsFile = "settings.json";

    readonly Notebook notes;
    readonly Dictionary<PackageKind, Slots> slots;

    public Packages(Notebook notes, IDisk disk, bool kept)
    {
        (this.notes, IsKept) = (notes, kept);
        slots = new()
        {
            [PackageKind.Software] = new Slots(disk, Slots.Software),
            [PackageKind.Configuration] = new Slots(disk, Slots.Configuration),
        };
    }

    /// <summary>Whether there is a keeper that takes back what fails; without one nothing is installed.</summary>
    public bool IsKept { get; }

    public Slots this[PackageKind kind] => slots[kind];

    /// <summary>Of what runs now; 0 for what it left the factory with.</summary>
    public long Version(PackageKind kind) => IsKept ? slots[kind].Pointer.CurrentVersion : 0;

    /// <summary>Nothing older than this is taken. What was in force and is damaged may be laid out again.</summary>
    public long Held(PackageKind kind)
    {
        var remembered = long.TryParse(notes.Text(Notes.Highest(kind)), out var highest) ? highest : 0;
        var most = Math.Max(remembered, slots[kind].Pointer.Highest);
        return Version(kind) < most ? most - 1 : most;
    }

    /// <summary>The trial that is going on.</summary>
    public (PackageKind Kind, Trial Trial)? OnTrial =>
        slots
            .Where(entry => IsKept && entry.Value.Pointer.Trial is not null)
            .Select(entry => ((PackageKind, Trial)?)(entry.Key, entry.Value.Pointer.Trial!))
            .FirstOrDefault();

    /// <summary>How the trial of this command ended; null when there was none, or it goes on.</summary>
    public bool? Ended(Guid command) =>
        slots.Values.Select(slot => slot.Pointer).FirstOrDefault(pointer => pointer.Last == command)?.LastGood;
}
