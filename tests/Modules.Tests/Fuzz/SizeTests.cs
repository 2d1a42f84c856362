using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using Loa.Devices;
using Loa.Jose;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Fuzz;

/// <summary>What a use case declares to take, the server takes, in any spelling; beyond it says so in words.</summary>
[Collection(nameof(FuzzServer))]
public sealed class SizeTests(FuzzServer server)
{
    [Fact]
    public void Every_route_with_a_request_lets_its_longest_values_through()
    {
        var endpoints = server.Running.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        foreach (var door in Door.All(server.Running.Services).Where(d => d.Request is not null))
        {
            var limit = endpoints
                .OfType<RouteEndpoint>()
                .Where(e => e.RoutePattern.RawText == door.Pattern.RawText)
                .Select(e => e.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize)
                .First(l => l is not null);
            var longest = door.Request!.GetConstructors()
                .MaxBy(c => c.GetParameters().Length)!
                .GetParameters()
                .Sum(p =>
                    p.GetCustomAttribute<System.ComponentModel.DataAnnotations.MaxLengthAttribute>()?.Length ?? 0
                );
            Assert.True(limit >= longest, $"{door.Name}: {limit} for {longest} letters");
        }
    }

    [Fact]
    public async Task Two_thousand_ticked_hamlets_are_one_form()
    {
        using var leader = await server.Running.SignedIn("loctan.duyet");
        var ticked = string.Join('&', Enumerable.Range(0, 2_000).Select(_ => $"units={Guid.CreateVersion7()}"));

        using var asked = await leader.PostAsync("/broadcasts", Form($"bulletin={Guid.CreateVersion7()}&{ticked}"));
        using var one = await leader.PostAsync(
            "/broadcasts",
            Form($"bulletin={Guid.CreateVersion7()}&{ticked}&units={Guid.Empty}")
        );

        Assert.Equal(HttpStatusCode.Forbidden, asked.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, one.StatusCode);
    }

    [Fact]
    public async Task A_provinces_list_and_its_placements_are_taken_and_more_is_told()
    {
        using var technician = await server.Running.SignedIn("tinh.kythuat");
        var list = new StringBuilder("serial,key,unit,name\n");
        while (list.Length < 1_200_000)
            list.Append(CultureInfo.InvariantCulture, $"S-{list.Length},{Key},99999999,{new string('ấ', 100)}\n");
        await technician.PostAsync("/speakers/beforehand", Csv(list.ToString())).Json(HttpStatusCode.Created);
        await technician.PostAsync("/speakers/beforehand", File(list.ToString())).Landed();

        var placements = string.Join('\n', Enumerable.Range(0, 1_661).Select(_ => new string('a', 1_800)));
        foreach (
            var content in (HttpContent[])[Form("placements=" + Uri.EscapeDataString(placements)), Json(placements)]
        )
            await technician
                .PostAsync($"/speakers/beforehand/{Guid.CreateVersion7()}", content)
                .Refused("missing.beforehand", HttpStatusCode.NotFound);

        var much = new string('x', 5_000_000);
        foreach (
            var (url, content) in ((string, HttpContent)[])
                [("/speakers/beforehand", Csv(much)), ("/bulletins", Form("text=" + much))]
        )
            await (url == "/bulletins" ? await server.Running.SignedIn("loctan.bientap") : technician)
                .PostAsync(url, content)
                .Refused("invalid.too-large", HttpStatusCode.RequestEntityTooLarge);
    }

    static string Key => SigningKey.Create().KeyId;

    static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    static StringContent Json(string placements) =>
        new(
            $"{{\"placements\":{System.Text.Json.JsonSerializer.Serialize(placements)}}}",
            Encoding.UTF8,
            "application/json"
        );

    static StringContent Form(string form) => new(form, Encoding.UTF8, "application/x-www-form-urlencoded");

    static MultipartFormDataContent File(string text) =>
        new()
        {
            {
                new ByteArrayContent(Encoding.UTF8.GetBytes(text))
                {
                    Headers = { ContentType = new MediaTypeHeaderValue("text/csv") },
                },
                "file",
                "danh sách.csv"
            },
        };
}
