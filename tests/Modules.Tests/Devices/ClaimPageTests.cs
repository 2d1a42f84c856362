namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class ClaimPageTests(DeviceServer server)
{
    [Fact]
    public async Task The_claim_page_shows_who_is_behind_a_code_and_its_place()
    {
        var place = await server.Place();
        await using var speaker = new BenchSpeaker(place.Serial);
        var opened = await speaker.Introduce(server.Anyone);
        var page = await server.Technician.GetStringAsync($"/speakers/claim?code={opened.Code}");
        Assert.Contains(speaker.Key.KeyId, page, StringComparison.Ordinal);
        Assert.Contains(place.Id.ToString(), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_is_replaced_only_after_its_place_was_chosen()
    {
        var place = await server.Place();
        await using var speaker = new BenchSpeaker($"NEW-{Guid.CreateVersion7():N}");
        var opened = await speaker.Introduce(server.Anyone);

        var found = await Page($"q={place.Serial}");
        var chosen = await Page($"q={place.Serial}&place={place.Id}");

        Assert.Contains($"place={place.Id}", found, StringComparison.Ordinal);
        Assert.DoesNotContain($"value=\"{place.Id}\"", found, StringComparison.Ordinal);
        Assert.DoesNotContain("btn-quiet-act", found, StringComparison.Ordinal);
        Assert.Contains($"value=\"{place.Id}\"", chosen, StringComparison.Ordinal);
        Assert.Contains("btn-quiet-act", chosen, StringComparison.Ordinal);

        Task<string> Page(string query) =>
            server.Technician.GetStringAsync($"/speakers/claim?code={opened.Code}&{query}");
    }
}
