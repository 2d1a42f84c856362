using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Newsroom.Bulletins;

/// <summary>On the desk: the bulletins that wait for whoever looks, his own last ones, and what was done to others.</summary>
sealed class BulletinDesk(NewsroomDb db, Cases<Bulletin> cases) : IDeskPart
{
    const int Most = 8;

    // What nobody but its author has seen is nobody else's news.
    static readonly string[] openStates =
    [
        BulletinProcedure.Submitted,
        BulletinProcedure.Returned,
        BulletinProcedure.Approved,
        BulletinProcedure.Withdrawn,
    ];

    public async ValueTask Lay(Desk desk, CancellationToken cancel)
    {
        var sight = desk.Sight;
        if (sight.May(NewsroomRights.SeeBulletins))
            desk.Of.Add(BulletinProcedure.Definition.Name);
        if (sight.May(NewsroomRights.ApproveBulletins))
            await ToApprove(desk, cancel);
        if (sight.May(NewsroomRights.WriteBulletins))
            await ToWrite(desk, sight.OfficerId!.Value, cancel);
        if (!sight.May(NewsroomRights.SeeBulletins))
            return;
        var latest = cases.InSight().Where(c => openStates.Contains(c.State)).OrderByDescending(c => c.MovedAt);
        var ids = latest.Select(c => c.Id).Take(Most);
        await desk.AddLately<Bulletin>(db, ids, cancel);
    }

    async Task ToApprove(Desk desk, CancellationToken cancel)
    {
        var waiting = cases
            .Over(NewsroomRights.ApproveBulletins)
            .Where(c => c.State == BulletinProcedure.Submitted)
            .OrderBy(c => c.MovedAt);
        var oldest = await waiting.Take(Most).ToListAsync(cancel);
        var verb = Words.Get("bulletins.desk.approve");
        if (oldest is [var first, ..])
            desk.Verbs.Add(new(Words.Get("bulletins.desk.approve-oldest"), $"/bulletins/{first.Id}", "signature", 20));
        await AddWaiting(desk, oldest, waiting, BulletinProcedure.Submitted, verb, cancel);
    }

    async Task ToWrite(Desk desk, Guid officer, CancellationToken cancel)
    {
        desk.Verbs.Add(new(Words.Get("bulletins.write"), "/bulletins/new", "pencil", 10));
        var roots = desk.Sight.Over(NewsroomRights.WriteBulletins).Roots;
        // What his own unit has to mend; what a unit below wrote is mended there.
        var returned = cases
            .Over(NewsroomRights.WriteBulletins)
            .Where(c => c.State == BulletinProcedure.Returned && (c.OpenedBy == officer || roots.Contains(c.UnitId)))
            .OrderBy(c => c.MovedAt);
        var oldest = await returned.Take(Most).ToListAsync(cancel);
        var verb = Words.Get("bulletins.desk.mend");
        await AddWaiting(desk, oldest, returned, BulletinProcedure.Returned, verb, cancel);

        var mine = await cases
            .InSight()
            .Where(c => c.OpenedBy == officer && c.State != BulletinProcedure.Discarded)
            .OrderByDescending(c => c.MovedAt)
            .Take(Most)
            .ToListAsync(cancel);
        desk.Mine.Rows.AddRange(mine.Select(row => Row(desk, row) with { Note = null }));
        if (mine.Count == 0)
            desk.Steps.Add(new(Words.Get("bulletins.desk.first"), "/bulletins/new", "pencil", 30));
    }

    static async Task AddWaiting(
        Desk desk,
        List<CaseRow> oldest,
        IQueryable<CaseRow> all,
        string state,
        string verb,
        CancellationToken cancel
    )
    {
        var count = oldest.Count < Most ? oldest.Count : await all.CountAsync(cancel);
        DeskRow[] rows = [.. oldest.Select(row => Row(desk, row) with { Verb = verb })];
        desk.Waiting.Add(rows, count, Words.Get("bulletins.tile." + state), "/bulletins?state=" + state);
    }

    static DeskRow Row(Desk desk, CaseRow row) =>
        new(row.Title, $"/bulletins/{row.Id}")
        {
            Note = desk.Sight.Tree.NameOf(row.UnitId),
            At = row.MovedAt,
            State = Words.Get("state.bulletin." + row.State),
            Tone = ToneOf(row.State),
        };

    static Tone ToneOf(string state) =>
        state switch
        {
            BulletinProcedure.Submitted => Tone.Going,
            BulletinProcedure.Returned => Tone.Warn,
            BulletinProcedure.Approved => Tone.Good,
            _ => Tone.Quiet,
        };
}
