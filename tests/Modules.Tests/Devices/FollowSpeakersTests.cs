using System.Net;
using System.Net.Http.Json;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Playout.AsRun;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices;

/// <summary>What becomes of a speaker's place changes what sounds there, and no crash comes between the act and that.</summary>
[Collection(nameof(DeviceServer))]
public sealed class FollowSpeakersTests(DeviceServer server)
{
    static readonly CancellationToken Never = CancellationToken.None;

    [Theory]
    [InlineData("retire")]
    [InlineData("revoke-key")]
    public async Task A_board_without_a_place_falls_silent_before_it_is_shown_out(string act)
    {
        await using var speaker = await server.Connected();
        var air = await server.Air((await server.Find(speaker.Id)).UnitId);
        var told = await speaker.HearTimetable(atLeast: 2);
        Assert.Contains(told.Items, item => item.Broadcast == air.Broadcast);
        await Stored(air.Broadcast, PlayStage.Waiting);

        var began = TimeProvider.System.GetTimestamp();
        await server.Technician.PostAsJsonAsync($"/speakers/{speaker.Id}/{act}", new { comment = "Tháo xuống" }).Json();
        var after = await speaker.HearTimetable(atLeast: told.Version + 1);
        // The promise is of the silence; it is shown out a second later, for this one never says that it heard.
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Empty(after.Items);
        await speaker.Ended.WaitAsync(TimeSpan.FromMinutes(1));
        await Stored(air.Broadcast, PlayStage.Stopped);
    }

    [Fact]
    public async Task A_board_that_was_replaced_falls_silent_and_the_new_one_is_told_all()
    {
        await using var old = await server.Connected();
        var air = await server.Air((await server.Find(old.Id)).UnitId);
        var told = await old.HearTimetable(atLeast: 2);

        await using var board = new BenchSpeaker(old.Serial) { Id = old.Id };
        var opened = await board.Introduce(server.Anyone);
        await server
            .Claim(
                new
                {
                    code = opened.Code,
                    speaker = old.Id,
                    replace = true,
                }
            )
            .Json();
        Assert.Empty((await old.HearTimetable(atLeast: told.Version + 1)).Items);
        await old.Ended.WaitAsync(TimeSpan.FromMinutes(1));
        await board.Connect();
        await board.State(placement: 2);
        // The one that silenced the old board may still be the newest when it comes.
        var heard = told;
        do heard = await board.HearTimetable(atLeast: heard.Version + 1);
        while (heard.Items.All(item => item.Broadcast != air.Broadcast));
    }

    [Fact]
    public async Task The_question_before_a_move_names_both_places_and_no_place_is_chosen_beforehand()
    {
        var place = await server.Place();
        var tree = await Tree();
        var to = tree.ChildrenOf(tree.PathOf(place.UnitId)[^2]).First(u => u.Id != place.UnitId).Id;

        var page = WebUtility.HtmlDecode(await server.Technician.GetStringAsync($"/speakers/{place.Id}"));
        var question = await (await Ask(server.Technician, to)).Content.ReadAsStringAsync();

        var choices = page[page.IndexOf("name=\"Unit\"", StringComparison.Ordinal)..];
        Assert.StartsWith(
            $"<option value>{Words.Get("ui.choose")}",
            choices[choices.IndexOf("<option", StringComparison.Ordinal)..],
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "selected",
            choices[..choices.IndexOf("</select>", StringComparison.Ordinal)],
            StringComparison.Ordinal
        );
        Assert.Equal(
            Words.Get("speaker.move.ask-where", place.Name, tree.PlaceOf(place.UnitId), tree.PlaceOf(to)),
            question
        );
        using var stranger = await server.Running.SignedIn("phuoclong.bientap");
        Assert.Equal(HttpStatusCode.Forbidden, (await Ask(stranger, to)).StatusCode);

        Task<HttpResponseMessage> Ask(HttpClient who, Guid unit) =>
            who.PostAsJsonAsync($"/speakers/{place.Id}/move/question", new { unit });
    }

    [Fact]
    public async Task A_moved_speaker_drops_what_is_planned_where_it_stood()
    {
        await using var speaker = await server.Connected();
        var tree = await Tree();
        var from = (await server.Find(speaker.Id)).UnitId;
        var air = await server.Air(from);
        var told = await speaker.HearTimetable(atLeast: 2);
        var to = tree.ChildrenOf(tree.PathOf(from)[^2]).First(u => u.Id != from).Id;
        await server.Technician.PostAsJsonAsync($"/speakers/{speaker.Id}/move", new { unit = to }).Json();
        var after = await speaker.HearTimetable(atLeast: told.Version + 1);
        Assert.DoesNotContain(after.Items, item => item.Broadcast == air.Broadcast);
        await Stored(air.Broadcast, PlayStage.Stopped);
    }

    [Fact]
    public async Task An_act_and_its_news_are_stored_together_and_news_that_was_not_heard_is_heard_later()
    {
        await using var speaker = await server.Connected();
        var air = await server.Air((await server.Find(speaker.Id)).UnitId);
        var told = await speaker.HearTimetable(atLeast: 2);
        await Stored(air.Broadcast, PlayStage.Waiting);
        var tree = await Tree();

        // Killed before the commit: neither is there.
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            server.Db(db =>
                db.Atomically<bool>(async () =>
                {
                    await Retire(db, tree, speaker.Id);
                    throw new OperationCanceledException("killed");
                })
            )
        );
        Assert.Equal(SpeakerStates.Enrolled, (await server.Find(speaker.Id)).State);
        Assert.Equal(0, await News(speaker.Id));

        // Killed after it: both are, and whoever starts next hears of it.
        await server.Db(db => Retire(db, tree, speaker.Id));
        Assert.Equal(1, await News(speaker.Id));
        Assert.Empty((await speaker.HearTimetable(atLeast: told.Version + 1)).Items);
        await Stored(air.Broadcast, PlayStage.Stopped);
    }

    static Task<Case> Retire(Data.DevicesDb db, UnitTree tree, Guid id) =>
        SpeakerCases.Move(
            db,
            tree,
            id,
            "retire",
            new Deed(Comment: "hỏng"),
            Actor.Server,
            TimeProvider.System.Moment(),
            Never
        );

    Task<UnitTree> Tree() => server.Running.With<IUnits, UnitTree>(async u => await u.Today(Never));

    Task<int> News(Guid speaker)
    {
        var id = speaker.ToString();
        return server.Db(db => db.Announcements.CountAsync(a => a.Type == "speaker-retired" && a.Body.Contains(id)));
    }

    Task Stored(Guid broadcast, PlayStage stage) =>
        RunningServer.Until(
            () => server.Playout(db => db.Plays.AnyAsync(p => p.BroadcastId == broadcast && p.Stage == stage)),
            $"the play is {stage}"
        );
}
