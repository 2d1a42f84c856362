using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Loa.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class MediaTests(DeviceServer server)
{
    [Fact]
    public async Task A_released_sound_is_fetched_whole_in_part_and_not_again()
    {
        await using var speaker = await server.Connected();
        var air = await server.Air((await server.Find(speaker.Id)).UnitId);
        await speaker.HearTimetable(atLeast: 2);
        var url = $"/air/media/{air.Bulletin.Digest}";

        using var whole = await server.Anyone.GetAsync(url);
        Assert.Equal(air.Sound, await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal("audio/ogg", whole.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"\"{air.Bulletin.Digest}\"", whole.Headers.ETag!.Tag);
        Assert.False(whole.Headers.ETag.IsWeak);
        Assert.Contains("immutable", whole.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        using var ask = new HttpRequestMessage(HttpMethod.Get, url)
        {
            Headers = { Range = new RangeHeaderValue(10_000, null) },
        };
        using var part = await server.Anyone.SendAsync(ask);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(air.Sound[10_000..], await part.Content.ReadAsByteArrayAsync());

        using var unknown = new HttpRequestMessage(HttpMethod.Get, url);
        unknown.Headers.TryAddWithoutValidation("Range", "items=0-1");
        using var all = await server.Anyone.SendAsync(unknown);
        Assert.Equal(HttpStatusCode.OK, all.StatusCode);
        Assert.Equal(air.Sound, await all.Content.ReadAsByteArrayAsync());

        using var again = new HttpRequestMessage(HttpMethod.Get, url)
        {
            Headers = { IfNoneMatch = { whole.Headers.ETag } },
        };
        Assert.Equal(HttpStatusCode.NotModified, (await server.Anyone.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task What_no_release_names_is_not_given_out()
    {
        var papers = server.Running.Services.GetRequiredService<PaperStore>();
        var secret = await papers.Put(new MemoryStream(RandomNumberGenerator.GetBytes(100)), CancellationToken.None);
        foreach (
            var digest in (string[])
                [secret.Digest, new string('0', 64), "..%2F..%2Fdemo-password", secret.Digest.ToUpperInvariant()]
        )
            Assert.Equal(HttpStatusCode.NotFound, (await server.Anyone.GetAsync($"/air/media/{digest}")).StatusCode);
    }
}
