using System.Net;
using System.Net.Http.Headers;

namespace Loa.Bench.Week;

/// <summary>Where one speaker fetches its sounds, over its own road.</summary>
sealed class Shop(Office office, Road road, Action<string> fetched) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var digest = request.RequestUri!.Segments[^1];
        if (!office.Sounds.TryGetValue(digest, out var bytes))
        {
            await Pass(0, cancel);
            return new HttpResponseMessage(HttpStatusCode.NotFound);
        }
        var from = (int)(request.Headers.Range?.Ranges.First().From ?? 0);
        await Pass(bytes.Length - from, cancel);
        var response = new HttpResponseMessage(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(bytes, from, bytes.Length - from),
        };
        if (from > 0)
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, bytes.Length - 1, bytes.Length);
        fetched(digest);
        return response;
    }

    async Task Pass(long bytes, CancellationToken cancel)
    {
        if (!await road.Carry(bytes, cancel))
            throw new HttpRequestException("The line went down.");
    }
}
