using System.Text.RegularExpressions;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Credentials;
using Loa.People.Data;
using Loa.People.Units;
using Loa.Vietnamese;
using Loa.Writing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Officers;

/// <summary>Reads a list of officers line by line and says what each would lead to; nothing is entered.</summary>
sealed class PlanOfficers(PeopleDb db, ILookupNormalizer normalizer, Sight sight, TimeProvider clock)
{
    public const int MostLines = 100;

    public async Task<OfficerPlan> Run(string text, CancellationToken cancel)
    {
        var table = CsvTable.Read(text, MostLines + 1, cancel);
        Refuse.If(table.OpenQuote is not null, "officers.import.open-quote", table.OpenQuote);
        Refuse.If(table.Rows.Count < 2, "officers.import.empty");
        Refuse.If(table.Rows.Count > MostLines + 1, "officers.import.too-many", MostLines);
        var columns = new OfficerColumns(table.Rows[0]);
        var reading = new Reading(
            columns,
            Appointment.Units(sight).ToList(),
            await UnitHistory.Read(db, cancel),
            await Known(table.Rows.Skip(1).Select(row => columns.Of(row, "user")), cancel)
        );
        OfficerLine[] lines = [.. table.Rows.Skip(1).Select(row => Read(row, reading))];
        var far = lines.Count(l => l.Request is { } r && Appointment.ReachesFar(sight, r.PostUnit, r.PostRole));
        return new(lines, far);
    }

    /// <param name="Known">The names of those who have an account, by its name.</param>
    sealed record Reading(
        OfficerColumns Columns,
        IReadOnlyList<Unit> Units,
        UnitHistory History,
        IReadOnlyDictionary<string, string> Known
    )
    {
        public HashSet<string> Before { get; } = new(StringComparer.Ordinal);
    }

    OfficerLine Read(CsvRow row, Reading reading)
    {
        string Of(string column) => reading.Columns.Of(row, column);
        OfficerLine As(OfficerLineOutcome outcome, string? fault = null, RegisterOfficer.Request? request = null) =>
            new(row.Line, Of("name"), Of("user"), Of("unit"), Of("role"), outcome, fault, request);
        OfficerLine Wrong(string fault) => As(OfficerLineOutcome.Fault, fault);

        if (!Line.TryRead(Of("name"), out var name) || name.Length is 0 or > 200)
            return Wrong("name");
        var user = Of("user");
        if (!Regex.IsMatch(user, RegisterOfficer.UserNames, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
            return Wrong("user");
        if (!reading.Before.Add(user))
            return Wrong("twice");
        if (reading.Known.TryGetValue(Normal(user), out var holder))
            return holder == name ? As(OfficerLineOutcome.There) : Wrong("taken");
        if (RoleOf(Of("role")) is not { } role)
            return Wrong("role");
        Guid[] units = [.. UnitsOf(Of("unit"), reading.Units)];
        if (units.Length != 1)
            return Wrong(units.Length == 0 ? "unit" : "units");
        if (!IsDay(Of("from"), out var from) || !IsDay(Of("to"), out var to) || to < (from ?? clock.Today()))
            return Wrong("day");
        if (reading.History.PlaceOn(from ?? clock.Today(), units[0]) is null)
            return Wrong("unit");
        return As(OfficerLineOutcome.New, request: new(name, user, units[0], role, from, to));
    }

    async Task<IReadOnlyDictionary<string, string>> Known(IEnumerable<string> users, CancellationToken cancel)
    {
        string[] normal = [.. users.Select(Normal).Distinct(StringComparer.Ordinal)];
        return await db
            .Accounts.AsNoTracking()
            .Where(a => normal.Contains(a.NormalizedUserName))
            .Join(db.Cases.AsNoTracking(), a => a.Id, c => c.Id, (a, c) => new { a.NormalizedUserName, c.Title })
            .ToDictionaryAsync(a => a.NormalizedUserName!, a => a.Title, StringComparer.Ordinal, cancel);
    }

    string Normal(string user) => normalizer.NormalizeName(user) ?? "";

    /// <summary>By its own name, or as either language calls it.</summary>
    string? RoleOf(string said) =>
        sight.Roles.Names.FirstOrDefault(role =>
            role == said || Words.All["role." + role].Any(word => Folding.Fold(word) == Folding.Fold(said))
        );

    /// <summary>By a code, or by a name that only one unit has.</summary>
    IEnumerable<Guid> UnitsOf(string said, IReadOnlyList<Unit> units)
    {
        var folded = Folding.Fold(said);
        return units
            .Where(u =>
                u.StatisticsCode == said
                || u.IdentificationCode == said
                || Folding.Fold(u.Name) == folded
                || Folding.Fold(sight.Tree.PlaceOf(u.Id)) == folded
            )
            .Select(u => u.Id);
    }

    static bool IsDay(string said, out DateOnly? day)
    {
        day = null;
        if (said.Length == 0)
            return true;
        if (!TypedDay.TryParse(said, null, out var typed) || !typed.Day.IsOnCalendar())
            return false;
        day = typed.Day;
        return true;
    }
}
