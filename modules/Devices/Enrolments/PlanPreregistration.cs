using System.Security.Cryptography;
using System.Text;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Vietnamese;
using Loa.Writing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Enrolments;

/// <summary>Reads a list of speakers with their keys and says of each line what it would lead to. It changes nothing.</summary>
sealed class PlanPreregistration(DevicesDb db, Sight sight)
{
    public const int MostLines = 5_000;

    readonly List<LineFault> faults = [];
    Dictionary<string, Speaker> bySerial = [];
    Dictionary<string, Guid> byKid = [];
    Dictionary<Guid, string> expected = [];
    HashSet<string> withdrawn = [];
    PreregistrationColumns columns = null!;

    public async Task<PreregistrationPlan> Run(Preregistration list, CancellationToken cancel)
    {
        faults.Clear();
        // With the heading, and one more to tell that there are more.
        var table = CsvTable.Read(list.Text, MostLines + 1, cancel);
        var rows = table.Rows;
        if (table.OpenQuote is { } line)
            return Wrong(line, "file", "open-quote");
        if (rows.Count < 2)
            return Wrong(1, "serial", "empty");
        columns = new PreregistrationColumns(rows[0]);
        if (columns.Missing is { } missing)
            return Wrong(rows[0].Line, missing, "no-column");
        if (rows.Count - 1 > MostLines)
            return Wrong(rows[0].Line, "serial", "too-long", MostLines);
        await ReadRegister(cancel);
        var places = new PlaceLookup(sight.Tree);
        var lines = new List<PreregistrationLine>(rows.Count);
        foreach (var row in rows.Skip(1))
        {
            cancel.ThrowIfCancellationRequested();
            lines.Add(Read(list, row, places));
        }
        FindTwins(lines, rows);
        return new(lines, [.. faults.OrderBy(f => f.Line)]);
    }

    // Whole, because a list is about as long as the register.
    async Task ReadRegister(CancellationToken cancel)
    {
        var speakers = await db.Speakers.AsNoTracking().ToListAsync(cancel);
        bySerial = speakers
            .DistinctBy(s => LineOf(s.Serial), StringComparer.Ordinal)
            .ToDictionary(s => LineOf(s.Serial), StringComparer.Ordinal);
        var keys = await db
            .PreregisteredKeys.AsNoTracking()
            .Select(e => new { e.SpeakerId, e.Kid })
            .ToListAsync(cancel);
        expected = keys.ToDictionary(e => e.SpeakerId, e => e.Kid);
        byKid = speakers
            .Where(s => s.Kid is not null)
            .Select(s => (Kid: s.Kid!, s.Id))
            .Concat(keys.Select(e => (e.Kid, Id: e.SpeakerId)))
            .DistinctBy(k => k.Kid)
            .ToDictionary(k => k.Kid, k => k.Id, StringComparer.Ordinal);
        withdrawn = [.. await db.WithdrawnKeys.AsNoTracking().Select(w => w.Kid).ToListAsync(cancel)];
    }

    PreregistrationLine Read(Preregistration list, CsvRow row, PlaceLookup places)
    {
        var before = faults.Count;
        var serial = Cell(row, "serial");
        var place = Cell(row, "unit");
        var known = bySerial.GetValueOrDefault(serial);
        var kid = columns.KeyOf(row);
        var (unit, found) = places.Find(place);
        var hornsText = Cell(row, "horns");
        var horns = known?.Horns ?? 1;
        var name = Text(row, "name", 120, known?.Name ?? Words.Get("claim.name.like", serial));
        var vendor = Text(row, "vendor", 60, known?.Vendor ?? SpeakerProcedure.Own);
        var model = Text(row, "model", 64, known?.Model ?? "");

        Fault(serial.Length is 0 or > 64, "serial", "serial");
        Fault(SerialNumber.IsSpoilt(serial), "serial", "serial-spoilt", serial);
        Fault(kid is null, "key", "key");
        Fault(found != PlaceLookup.Found.One, "unit", "unit-" + found, place);
        Fault(
            unit is { } there && !sight.May(DevicesRights.ClaimSpeakers, there),
            "unit",
            "unit-beyond",
            sight.Tree.PlaceOf(unit ?? default)
        );
        Fault(
            hornsText.Length > 0 && (!int.TryParse(hornsText, out horns) || horns is < 1 or > 64),
            "horns",
            "horns",
            hornsText
        );
        Fault(
            known is not null && unit is { } other && other != known.UnitId,
            "unit",
            "elsewhere",
            sight.Tree.PlaceOf(known?.UnitId ?? default)
        );
        Fault(known?.State == SpeakerStates.Retired, "serial", "retired");
        Fault(known?.Kid is { } used && used != kid, "key", "another-key");
        Fault(kid is not null && withdrawn.Contains(kid), "key", "withdrawn");
        Fault(kid is not null && byKid.TryGetValue(kid, out var holder) && holder != known?.Id, "key", "key-taken");
        if (faults.Count > before)
            return new(row.Line, LineOutcome.Wrong, default, serial, name, default, vendor, model, horns, null);

        var id = known?.Id ?? NewId(list.Id, serial);
        var same =
            known?.Kid == kid
            || (
                known is not null
                && expected.GetValueOrDefault(known.Id) == kid
                && (known.Name, known.Vendor, known.Model, known.Horns) == (name, vendor, model, horns)
            );
        var outcome =
            same ? LineOutcome.Unchanged
            : known is null ? LineOutcome.New
            : LineOutcome.KeyAdded;
        var wanted = same
            ? null
            : new WantedPlacement(id, kid!, (known?.PlacementVersion ?? 0) + 1, sight.Tree.PathOf(unit!.Value));
        return new(row.Line, outcome, id, serial, name, unit!.Value, vendor, model, horns, wanted);

        void Fault(bool broken, string column, string code, params object?[] args)
        {
            if (broken)
                faults.Add(new(row.Line, column, code, args));
        }
    }

    /// <summary>The cell in the one form of a line; what no line may hold is a fault.</summary>
    string Cell(CsvRow row, string column)
    {
        if (Line.TryRead(columns.Of(row, column), out var line))
            return line;
        faults.Add(new(row.Line, column, "signs", []));
        return "";
    }

    // A register older than the rule may hold other forms.
    static string LineOf(string stored) => Line.TryRead(stored, out var line) ? line : stored;

    string Text(CsvRow row, string column, int longest, string otherwise)
    {
        var text = Cell(row, column);
        if (text.Length > longest)
            faults.Add(new(row.Line, column, "too-long-text", [longest]));
        return text.Length > 0 ? text : otherwise;
    }

    /// <summary>Two lines with one serial number or one key.</summary>
    void FindTwins(List<PreregistrationLine> lines, IReadOnlyList<CsvRow> rows)
    {
        foreach (var twins in lines.Where(l => l.Serial.Length > 0).GroupBy(l => l.Serial, StringComparer.Ordinal))
        foreach (var twin in twins.Skip(1))
            faults.Add(new(twin.Line, "serial", "serial-twice", [twins.First().Line]));
        var keys = rows.Skip(1).Select(row => (row.Line, Kid: columns.KeyOf(row))).Where(k => k.Kid is not null);
        foreach (var twins in keys.GroupBy(k => k.Kid, StringComparer.Ordinal))
        foreach (var twin in twins.Skip(1))
            faults.Add(new(twin.Line, "key", "key-twice", [twins.First().Line]));
    }

    // The same for the look and for the entry, so that what the browser signed is what is stored.
    static Guid NewId(Guid list, string serial)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{list}:{serial}")).AsSpan(0, 16);
        bytes[6] = (byte)(0x80 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    static PreregistrationPlan Wrong(int line, string column, string code, params object?[] args) =>
        new([], [new(line, column, code, args)]);
}

/// <summary>Finds a hamlet by a code of the tree, by its id, or by its name with its commune's.</summary>
sealed class PlaceLookup
{
    public enum Found
    {
        None,
        Many,
        One,
    }

    readonly ILookup<string, Guid> places;

    public PlaceLookup(UnitTree tree) =>
        places = tree
            .All.Where(u => !tree.ChildrenOf(u.Id).Any())
            .SelectMany(u => new[]
                {
                    u.StatisticsCode,
                    u.IdentificationCode,
                    u.Id.ToString(),
                    Folding.Fold(tree.PlaceOf(u.Id)),
                    // As the list was written before anybody told namesakes apart; of two it is no place.
                    Folding.Fold(
                        string.Join(", ", tree.PathOf(u.Id).Reverse().Take(2).Select(id => tree.Find(id)!.Name))
                    ),
                }.Where(text => !string.IsNullOrEmpty(text)).Distinct(StringComparer.Ordinal).Select(text => (Text: text!, u.Id)))
            .ToLookup(p => p.Text, p => p.Id, StringComparer.Ordinal);

    public (Guid? Unit, Found Found) Find(string text)
    {
        var exact = places[text.ToLowerInvariant()].Distinct().ToList();
        var units = exact.Count > 0 ? exact : [.. places[Folding.Fold(text)].Distinct()];
        return units.Count switch
        {
            0 => (null, Found.None),
            1 => (units[0], Found.One),
            _ => (null, Found.Many),
        };
    }
}
