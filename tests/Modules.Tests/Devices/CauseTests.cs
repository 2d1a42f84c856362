using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Air;
using Loa.Contracts.People;
using Loa.Devices.Health;
using Loa.Devices.Overview;
using Loa.Devices.Registry;
using Loa.Kernel;

namespace Loa.Devices;

/// <summary>Of a speaker that needs somebody a technician is told the probable cause, what to do, and whom to call.</summary>
[Collection(nameof(DeviceServer))]
public sealed class CauseTests(DeviceServer server)
{
    const string Name = "Nguyễn Thị Sáu";

    // Others of this server need somebody too, and the desk shows who waits longest: each cause as far as its first figure.
    static readonly string[] Causes =
    [
        .. Words
            .All.Where(w => w.Key.StartsWith("cause.", StringComparison.Ordinal) && w.Key.Count(c => c == '.') == 1)
            .Select(w => w.Value[0].Split('{')[0])
            .Where(text => text.Length > 5),
    ];

    [Theory]
    [InlineData("never", true)]
    [InlineData("told", false, "Khởi động lại", 3, 3)]
    [InlineData("area", false, null, 3, 2, -110, "on")]
    [InlineData("mains-battery", false, null, 3, 2, -110, "lost")]
    [InlineData("weak", false, null, 3, 1, -110, "on")]
    [InlineData("unstable", false, null, 3, 0, -80, "on", "mobile4g", 6)]
    [InlineData("sim", false, null, 3, 0, -80, "on", "mobile4g", 1)]
    [InlineData("line", false, null, 0, 0, -80, "on", "wired")]
    public void The_likeliest_cause_is_named(
        string word,
        bool never,
        string? told = null,
        int near = 0,
        int silentNear = 0,
        int signal = -80,
        string mains = "on",
        string link = "mobile4g",
        int losses = 0
    )
    {
        var stands = new Stand[Enum.GetValues<SignalKind>().Length];
        stands[(int)SignalKind.Mains] = new(mains, DateTimeOffset.UnixEpoch);
        stands[(int)SignalKind.Link] = new(link, DateTimeOffset.UnixEpoch);
        var vitals = new HealthMessage(DateTimeOffset.UnixEpoch, Battery: 11, Signal: signal);
        var before = new SpeakerHealth.Picture(vitals, stands, DateTimeOffset.UnixEpoch, true, Alarms.None);

        var cause = ProbableCause.OfSilence(
            new(never ? Presence.Never : Presence.Offline, before, told, near, silentNear, losses)
        );

        Assert.Equal(word, cause.Word);
        Assert.NotEmpty(cause.Next);
        Assert.DoesNotContain("{", cause.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_one_that_never_told_anything_nothing_is_made_up()
    {
        Assert.Equal("unknown", ProbableCause.OfSilence(new(Presence.Offline, null, null, 0, 0, 0)).Word);
    }

    [Fact]
    public async Task A_silent_speaker_says_why_what_to_do_and_whom_to_call()
    {
        await using var speaker = await server.Connected();
        await speaker.Say(
            AirTopic.OutHealth,
            new HealthMessage(Now, Mains: false, Battery: 9, Link: LinkKind.Mobile4g).ToBytes()
        );
        await Until(speaker, page => page.Contains("9 %", StringComparison.Ordinal), "it told that its mains are lost");
        var entrusted = new { caretaker = Name, phone = "0912 345 678" };
        await server.Technician.PostAsJsonAsync($"/speakers/{speaker.Id}/entrust", entrusted).Json();

        await speaker.DisposeAsync();
        var page = await Until(
            speaker,
            page => page.Contains(Words.Get("cause.mains-battery.next"), StringComparison.Ordinal),
            "the cause is named"
        );

        Assert.Contains(Name, page, StringComparison.Ordinal);
        Assert.Contains("href=\"tel:0912345678\"", page, StringComparison.Ordinal);
        // What was so before is no state of now.
        var health = page[page.IndexOf(Words.Get("health.title"), StringComparison.Ordinal)..];
        Assert.Contains("class=\"facts faded\"", health, StringComparison.Ordinal);
        // The desk names the cause too.
        var desk = WebUtility.HtmlDecode(await server.Technician.GetStringAsync("/"));
        Assert.Contains(Causes, cause => desk.Contains(cause, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_looked_after_it_elsewhere_is_not_called_for_where_it_stands_now()
    {
        var place = await server.Place();
        await Entrust(server.Technician, place.Id, "0912 345 678").Json();
        Assert.Contains(Name, await Page(place.Id), StringComparison.Ordinal);
        var tree = await server.Running.With<IUnits, UnitTree>(units => units.Today(default).AsTask());
        var to = tree.ChildrenOf(tree.PathOf(place.UnitId)[^2]).First(u => u.Id != place.UnitId).Id;

        await server.Technician.PostAsJsonAsync($"/speakers/{place.Id}/move", new { unit = to }).Json();

        Assert.DoesNotContain(Name, await Page(place.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caretaker_has_a_telephone_and_is_set_by_who_may_change_the_speaker()
    {
        var place = await server.Place();
        using (var wrong = await Entrust(server.Technician, place.Id, "hỏi bà Tư"))
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var author = await server.Running.SignedIn("tinh.kiemtra");
        using var forbidden = await Entrust(author, place.Id, "0912 345 678");
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    [Fact]
    public async Task A_history_says_which_command_it_was_and_what_came_of_it()
    {
        await using var speaker = await server.Connected();
        await server
            .Technician.PostAsJsonAsync($"/speakers/{speaker.Id}/commands", new { name = "volume", level = 55 })
            .Json(HttpStatusCode.Created);

        var page = await Page(speaker.Id);

        var said = Words.Get("command.became", Words.Get("command.volume.of", 55), "");
        Assert.Contains(said, page, StringComparison.Ordinal);
        // In the order of use.
        string[] order =
        [
            "id=\"state\"",
            Words.Get("speaker.commands.do"),
            Words.Get("speaker.plays"),
            Words.Get("speaker.changes"),
        ];
        var places = order.Select(text => page.IndexOf(text, StringComparison.Ordinal)).ToList();
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(-1, places);
    }

    static Task<HttpResponseMessage> Entrust(HttpClient who, Guid speaker, string phone) =>
        who.PostAsJsonAsync($"/speakers/{speaker}/entrust", new { caretaker = Name, phone });

    async Task<string> Page(Guid speaker) =>
        WebUtility.HtmlDecode(await server.Technician.GetStringAsync($"/speakers/{speaker}"));

    async Task<string> Until(BenchSpeaker speaker, Func<string, bool> says, string what)
    {
        var page = "";
        await RunningServer.Until(async () => says(page = await Page(speaker.Id)), what);
        return page;
    }

    DateTimeOffset Now => server.Running.Clock.Moment();
}
