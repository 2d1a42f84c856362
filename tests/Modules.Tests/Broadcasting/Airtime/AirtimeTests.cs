using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Air;
using Loa.Contracts.People;
using Loa.Devices;
using Loa.Kernel;

namespace Loa.Broadcasting.Airtime;

/// <summary>A unit says when its speakers may be heard, and its speakers keep to it.</summary>
[Collection(nameof(DeviceServer))]
public sealed class AirtimeTests(DeviceServer server)
{
    [Fact]
    public async Task In_quiet_hours_an_order_waits_or_is_left_out_and_its_page_says_by_whose_word()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        await using var speaker = await server.Connected();
        var unit = (await server.Find(speaker.Id)).UnitId;
        var before = await server.Air(unit);
        var told = await speaker.HearTimetable(atLeast: 2);

        var now = TimeOnly.FromTimeSpan(VietnamTime.Of(server.Running.Clock.Moment()).TimeOfDay);
        var (from, to) = (Shown(now.AddHours(-1)), Shown(now.AddHours(3)));
        var quiet = new
        {
            quietDays = new[] { "1234567" },
            quietFrom = new[] { from },
            quietTo = new[] { to },
            comment = "Bệnh viện ở gần",
        };
        await leader.PostAsJsonAsync($"/airtime/{unit}", quiet).Json();
        var name = (await leader.GetAsync($"/api/airtime/{unit}").Json()).GetProperty("name").GetString()!;

        // Asked for until tomorrow it waits for the end of the quiet hours; for ten minutes it is not heard at all.
        var dropped = await server.Air(unit);
        var question = await leader.PostAsJsonAsync(
            "/broadcasts/question",
            new
            {
                bulletin = dropped.Bulletin.BulletinId,
                units = new[] { unit },
                minutes = 1440,
            }
        );
        Assert.Contains(
            $" {to}, trong giờ yên tĩnh",
            await question.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        var waiting = await leader
            .PostAsJsonAsync(
                "/broadcasts",
                new
                {
                    bulletin = dropped.Bulletin.BulletinId,
                    units = new[] { unit },
                    minutes = 1440,
                }
            )
            .Json(HttpStatusCode.Created);
        var heard = await speaker.HearTimetable(atLeast: told.Version + 1);
        var item = heard.Items.Single(i => i.Broadcast != before.Broadcast);
        Assert.Equal(waiting.GetProperty("id").GetGuid(), item.Broadcast);
        Assert.Equal(to, Shown(TimeOnly.FromTimeSpan(VietnamTime.Of(item.Start).TimeOfDay)));
        // What it was told before is as it was: no start and no end is another.
        Assert.DoesNotContain(heard.Drop ?? [], told.Items.Select(i => i.Id).Contains);
        Assert.DoesNotContain(heard.Items, i => i.Broadcast == before.Broadcast && !told.Items.Contains(i));

        Assert.Contains("không phát", await Held(leader, dropped.Broadcast), StringComparison.Ordinal);
        Assert.Contains(name, await Held(leader, dropped.Broadcast), StringComparison.Ordinal);
        Assert.Contains("giờ yên tĩnh", await Held(leader, item.Broadcast), StringComparison.Ordinal);
        Assert.Equal("", await Held(leader, before.Broadcast));

        // An emergency passes; and after the word is taken back so does everything.
        var emergency = await server.Air(AirClass.Emergency, unit);
        var passed = await speaker.HearTimetable(atLeast: heard.Version + 1);
        Assert.Contains(passed.Items, i => i.Broadcast == emergency.Broadcast);
        await leader.PostAsJsonAsync($"/airtime/{unit}/undo", new { seen = 0 }).Refused("case.moved");
        await leader.PostAsJsonAsync($"/airtime/{unit}/undo", new { seen = 1 }).Json();
        var after = await server.Air(unit);
        var free = await speaker.HearTimetable(atLeast: passed.Version + 1);
        Assert.Contains(free.Items, i => i.Broadcast == after.Broadcast);
    }

    [Fact]
    public async Task What_a_unit_above_forbids_is_refused_in_words_that_name_it()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        var unit = (await server.Place()).UnitId;
        var tree = await server.Running.With<IUnits, UnitTree>(async u => await u.Today(CancellationToken.None));
        var commune = tree.Find(unit)!.ParentId!.Value;
        await leader
            .PostAsJsonAsync(
                $"/airtime/{commune}",
                new
                {
                    longest = 45,
                    most = 1,
                    times = 2,
                    within = 7,
                }
            )
            .Json();

        await Refused(
            "session-length",
            new
            {
                sessionDays = Daily(1),
                sessionFrom = At("05:30"),
                sessionTo = At("06:30"),
            }
        );
        await Refused(
            "session-count",
            new
            {
                sessionDays = Daily(2),
                sessionFrom = At("05:30", "17:00"),
                sessionTo = At("06:00", "17:30"),
            }
        );
        await Refused("longest-session", new { longest = 60, most = 1 });
        await Refused("most-sessions", new { longest = 30, most = 2 });
        await Refused("repeat", new { times = 3, within = 7 });
        await leader
            .PostAsJsonAsync(
                $"/airtime/{unit}",
                new
                {
                    sessionDays = Daily(1),
                    sessionFrom = At("06:00"),
                    sessionTo = At("06:45"),
                }
            )
            .Json();

        var said = (await leader.GetAsync($"/api/airtime/{unit}").Json()).GetProperty("rows");
        Assert.Equal(unit, said.GetProperty("sessions")[0].GetProperty("by").GetGuid());
        Assert.Equal(commune, said.GetProperty("limits")[0].GetProperty("by").GetGuid());
        await leader.PostAsJsonAsync($"/airtime/{unit}/inherit", new { row = "sessions" }).Json();
        said = (await leader.GetAsync($"/api/airtime/{unit}").Json()).GetProperty("rows");
        Assert.Equal(JsonValueKind.Null, said.GetProperty("sessions")[0].GetProperty("by").ValueKind);
        // Other tests plan in its hamlets.
        await leader.PostAsJsonAsync($"/airtime/{commune}/undo", new { seen = 1 }).Json();

        async Task Refused(string code, object request)
        {
            using var answer = await leader.PostAsJsonAsync($"/airtime/{unit}", request);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("airtime." + code, problem.GetProperty("code").GetString());
            Assert.Contains(tree.NameOf(commune), problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nobody_sets_the_airtime_of_another_unit_nor_anything_that_is_no_time()
    {
        var unit = (await server.Place()).UnitId;
        using var other = await Elsewhere(unit);
        using var author = await server.Running.SignedIn("thienhung.bientap");
        object quiet = new
        {
            quietDays = Daily(1),
            quietFrom = At("22:00"),
            quietTo = At("05:00"),
        };
        Assert.Equal(HttpStatusCode.Forbidden, (await author.PostAsJsonAsync($"/airtime/{unit}", quiet)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsJsonAsync($"/airtime/{unit}", quiet)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/api/airtime/{unit}")).StatusCode);

        using var leader = await server.Running.SignedIn("tinh.duyet");
        await Malformed(
            new
            {
                quietDays = Daily(1),
                quietFrom = At("25:00"),
                quietTo = At("05:00"),
            }
        );
        await Malformed(
            new
            {
                quietDays = At("8"),
                quietFrom = At("22:00"),
                quietTo = At("05:00"),
            }
        );
        await Malformed(new { longest = 0, most = 1 });
        await Refused("row-incomplete", new { quietDays = Daily(1), quietFrom = At("22:00") });
        await Refused(
            "row-empty",
            new
            {
                quietDays = Daily(1),
                quietFrom = At("22:00"),
                quietTo = At("22:00"),
            }
        );
        await Refused("both-limits", new { longest = 60 });
        await Refused("no-such-holiday", new { holidays = At("birthday") });
        await Refused("too-far", new { from = "2031-01-01" });
        await Refused(
            "sessions-overlap",
            new
            {
                sessionDays = Daily(2),
                sessionFrom = At("05:30", "06:00"),
                sessionTo = At("06:30", "07:00"),
            }
        );

        async Task Malformed(object request) =>
            Assert.Equal(
                HttpStatusCode.BadRequest,
                (await leader.PostAsJsonAsync($"/airtime/{unit}", request)).StatusCode
            );

        Task Refused(string code, object request) =>
            leader.PostAsJsonAsync($"/airtime/{unit}", request).Refused("airtime." + code);
    }

    /// <summary>The leader of a commune that the unit is no part of.</summary>
    async Task<HttpClient> Elsewhere(Guid unit)
    {
        var tree = await server.Running.With<IUnits, UnitTree>(async u => await u.Today(CancellationToken.None));
        var leader = await server.Running.SignedIn("binhphuoc.duyet");
        var his = (await leader.GetAsync("/api/me").Json()).GetProperty("posts")[0].GetProperty("unitId").GetGuid();
        return tree.IsInside(unit, his) ? await server.Running.SignedIn("loctan.duyet") : leader;
    }

    static async Task<string> Held(HttpClient leader, Guid broadcast) =>
        string.Join(
            ' ',
            (await leader.GetAsync($"/api/broadcasts/{broadcast}").Json())
                .GetProperty("held")
                .EnumerateArray()
                .Select(h => h.GetString())
        );

    static string[] Daily(int lines) => [.. Enumerable.Repeat("1234567", lines)];

    static string[] At(params string[] times) => times;

    static string Shown(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
