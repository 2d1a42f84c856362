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

    const string Folder = "updates";

    readonly Journal journal;
    readonly IDisk disk;
    readonly Dictionary<PackageKind, Slots> slots;

    // What was started; the pointer may name what is started next.
    readonly Dictionary<PackageKind, Pointer> started;

    public Packages(Journal journal, IDisk disk, bool kept)
    {
        (this.journal, this.disk, IsKept) = (journal, disk, kept);
        slots = new()
        {
            [PackageKind.Software] = new Slots(disk, Slots.Software),
            [PackageKind.Configuration] = new Slots(disk, Slots.Configuration),
        };
        started = slots.ToDictionary(entry => entry.Key, entry => entry.Value.Pointer);
    }

    /// <summary>Whether there is a supervisor that takes back what fails; without one nothing is installed.</summary>
    public bool IsKept { get; }

    public Slots this[PackageKind kind] => slots[kind];

    /// <summary>Of what runs now; 0 for what it left the factory with.</summary>
    public long Version(PackageKind kind) => IsKept ? started[kind].CurrentVersion : 0;

    /// <summary>The highest version that was ever confirmed here.</summary>
    public long Highest(PackageKind kind)
    {
        var remembered = long.TryParse(journal.Text(JournalKeys.Highest(kind)), out var highest) ? highest : 0;
        return Math.Max(remembered, slots[kind].Pointer.Highest);
    }

    /// <summary>Only what is newer than this is taken. What was in force and is damaged may be laid out again.</summary>
    public long Held(PackageKind kind) => Version(kind) < Highest(kind) ? Highest(kind) - 1 : Highest(kind);

    /// <summary>The settings in force, on what the command line says.</summary>
    public Settings Apply(Settings settings)
    {
        var slot = started[PackageKind.Configuration].Current;
        var file = $"{slots[PackageKind.Configuration].FolderOf(slot)}/{SettingsFile}";
        return IsKept && Configuration.Read(disk, file) is { } configuration ? configuration.On(settings) : settings;
    }

    /// <summary>Where what is fetched lies until it is laid out.</summary>
    public static string FileOf(string digest) => $"{Folder}/{digest}";

    /// <summary>What was fetched is not needed any more.</summary>
    public void TidyUp()
    {
        foreach (var file in disk.List(Folder))
            disk.Delete(FileOf(file.Name));
    }

    /// <summary>Whether something waits to be tried, or is on trial.</summary>
    public bool IsTrying => slots.Values.Any(slot => slot.Pointer.Trial is not null);

    /// <summary>What this very run is a trial of.</summary>
    public (PackageKind Kind, Trial Trial)? OnTrial
    {
        get
        {
            foreach (var (kind, slot) in slots)
            {
                if (IsKept && started[kind].Trial is { } trial && slot.Pointer.Trial == trial)
                    return (kind, trial);
            }
            return null;
        }
    }

    /// <summary>How the trial of this command ended; null when there was none, or it goes on.</summary>
    public bool? Ended(Guid command) =>
        slots.Values.Select(slot => slot.Pointer).FirstOrDefault(pointer => pointer.Last == command)?.LastGood;
}
