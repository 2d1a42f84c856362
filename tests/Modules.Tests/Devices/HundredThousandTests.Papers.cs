using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Broadcasting.Follow;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Newsroom.Bulletins;
using Loa.Newsroom.Data;
using Loa.Ui;
using Loa.Vietnamese;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices;

/// <summary>Years of a province's papers: bulletins, broadcasts and what was done to them.</summary>
public sealed partial class HundredThousandTests
{
    const int Papers = 20_000;
    const int ActsOfBulletin = 4;
    const int ActsOfBroadcast = 1;

    static IEnumerable<string> PaperPages =>
        [
            "/bulletins",
            "/bulletins?q=tin+400",
            "/bulletins?state=approved&page=400",
            "/bulletins?class=ordinary&page=400",
            "/bulletins?from=1/1/2020&to=1/1/2090&page=300",
            "/bulletins?unit=Xã+Lộc+Tấn&page=2",
            .. Sorted("/bulletins", BulletinList.Shape, Papers),
            "/broadcasts?q=tin+400",
            "/broadcasts?class=ordinary&page=400",
            "/broadcasts?unit=Xã+Lộc+Tấn",
            "/broadcasts?from=1/1/2020&to=1/1/2090&page=300",
            .. Sorted("/broadcasts", BroadcastList.Shape, Papers),
        ];

    static IEnumerable<string> LedgerPages =>
        [
            "/ledger",
            "/ledger?part=newsroom",
            "/ledger?by=tran+thi",
            "/ledger?by=khong+ai",
            "/ledger?unit=Xã+Lộc+Tấn",
            "/ledger?from=1/1/2020&to=2/1/2020",
            "/ledger?size=100&from=1/1/2020",
        ];

    static IEnumerable<string> Sorted(string path, ListShape shape, int rows) =>
        from head in shape.Heads
        where head.Sorts
        from sort in new[] { head.Key, $"-{head.Key}" }
        from page in new[] { 1, rows / 50, rows / 25 }
        select $"{path}?sort={sort}&page={page}";

    async Task WrittenForYears()
    {
        var units = await server.Running.With<IUnits, UnitTree>(async u => await u.Today(Never));
        Guid[] some = [.. units.All.Select(u => u.Id)];
        await Copy<NewsroomDb>(BulletinProcedure.Definition.Name, some, ActsOfBulletin);
        var aired = await Copy<BroadcastingDb>(BroadcastProcedure.Definition.Name, some, ActsOfBroadcast);
        await Store<BroadcastingDb, Audience>([
            .. aired.Select(row => new Audience
            {
                UnitId = row.UnitId,
                At = row.OpenedAt,
                BroadcastId = row.Id,
                Kind = row.Kind,
                MadeBy = row.OpenedBy,
            }),
        ]);
    }

    /// <summary>Makes many of one that is there, hour by hour into the past, unit by unit.</summary>
    async Task<IReadOnlyList<CaseRow>> Copy<TDb>(string procedure, Guid[] units, int acts)
        where TDb : CaseDb
    {
        var (from, done) = await server.Running.With<TDb, (CaseRow, List<Act>)>(async db =>
        {
            var row = await db.Cases.AsNoTracking().Where(c => c.Procedure == procedure).FirstAsync();
            return (row, await db.Acts.AsNoTracking().Where(a => a.CaseId == row.Id).OrderBy(a => a.Seq).ToListAsync());
        });
        var rows = Enumerable.Range(0, Papers).Select(i => Copy(from, i, units[i % units.Length], acts)).ToList();
        await Store<TDb, Act>([
            .. rows.SelectMany(row => Enumerable.Range(0, acts).Select(i => Copy(done[i % done.Count], row, i))),
        ]);
        await Store<TDb, CaseRow>(rows);
        return rows;
    }

    static CaseRow Copy(CaseRow from, int number, Guid unit, int acts)
    {
        var title = $"{from.Title} {number}";
        return new()
        {
            Id = Guid.CreateVersion7(),
            Procedure = from.Procedure,
            Version = from.Version,
            UnitId = unit,
            State = from.State,
            Seq = acts,
            Head = from.Head,
            Title = title,
            TitleKey = SortKey.Of(title),
            Kind = from.Kind,
            Search = Folding.Fold($"tin {title}"),
            Fields = from.Fields,
            OpenedAt = from.OpenedAt.AddHours(-number),
            OpenedBy = from.OpenedBy,
            MovedAt = from.MovedAt.AddHours(-number),
        };
    }

    static Act Copy(Act from, CaseRow row, int number) =>
        new Act
        {
            Id = Guid.CreateVersion7(),
            CaseId = row.Id,
            Seq = number + 1,
            Procedure = row.Procedure,
            Version = row.Version,
            Move = from.Move,
            UnitId = row.UnitId,
            At = row.OpenedAt.AddMinutes(number),
            Actor =
                from.OfficerId == Guid.Empty
                    ? Actor.Server
                    : new ActingOfficer(from.PostId, from.OfficerId, from.By, row.UnitId),
            Patch = from.Patch,
            Previous = "",
        }.Sealed();
}
