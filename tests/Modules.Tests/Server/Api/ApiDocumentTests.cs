using System.Net;
using System.Text.Json;
using Loa.Kernel;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Server.Api;

/// <summary>Whoever writes a program for the province finds in one document all that it can do, and why it may be refused.</summary>
public sealed class ApiDocumentTests(RunningServer server) : IAsyncLifetime
{
    // Said to speakers and to pages that look on, and by the keeper's tool at a terminal.
    static readonly string[] elsewhere =
    [
        "enrolment.",
        "gallery",
        "streams.",
        "trust.file-exists",
        "trust.needs-",
        "trust.no-data",
        "trust.not-a-",
        "trust.nothing-to-",
        "trust.package-bounds",
        "trust.root-installed",
    ];

    JsonElement document;

    public async ValueTask InitializeAsync()
    {
        using var officer = await server.SignedIn("tinh.quantri");
        document = await officer.GetAsync(ApiDocument.Address).Json();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_stranger_is_not_told()
    {
        using var nobody = server.Client();
        foreach (var address in new[] { ApiDocument.Address, "/api/docs/" })
        {
            using var answer = await nobody.GetAsync(address);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public void Each_route_for_programs_stands_in_it_with_its_request_its_answer_and_its_refusals()
    {
        var wrong = new List<string>();
        foreach (var (method, path, endpoint) in Routes())
        {
            if (Find(method, path) is not { } operation)
            {
                wrong.Add($"{method} {path} is missing");
                continue;
            }
            var body = endpoint.Metadata.GetMetadata<RequestBody>();
            if (
                body is not null
                && !Schema(
                        operation.GetProperty("requestBody"),
                        body.File is null ? "application/json" : "multipart/form-data"
                    )
                    .HasFields()
            )
                wrong.Add($"{method} {path}: no request");
            if (body is null && operation.TryGetProperty("requestBody", out _))
                wrong.Add($"{method} {path}: a request that it does not read");
            var answers = operation.GetProperty("responses");
            if (
                method == "GET"
                && !(answers.TryGetProperty("200", out var answer) && Schema(answer, "application/json").HasFields())
            )
                wrong.Add($"{method} {path}: no answer");
            if (!answers.EnumerateObject().Any(a => a.Name is "200" or "201" or "204"))
                wrong.Add($"{method} {path}: nothing when all is well");
            if (
                endpoint.Metadata.GetMetadata<Permission>()!.Right != Permission.Anyone
                && !Codes(answers, "401").Contains("sign-in")
            )
                wrong.Add($"{method} {path}: nothing of signing in");
            if (body is not null && !Codes(answers, "400").Contains("invalid"))
                wrong.Add($"{method} {path}: nothing of what is malformed");
        }
        Assert.Equal("", string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("POST", "/broadcasts", "broadcast.not-approved")]
    [InlineData("POST", "/broadcasts", "broadcast.release-refused")]
    [InlineData("POST", "/speakers/{id}/commands", "speaker.offline")]
    [InlineData("POST", "/bulletins/{id}/approve", "case.moved")]
    [InlineData("POST", "/sign-in", "sign-in.failed")]
    public void A_rule_that_says_no_is_named_by_its_code(string method, string path, string code) =>
        Assert.Contains(code, Codes(Find(method, path)!.Value.GetProperty("responses"), "409"));

    [Fact]
    public void No_refusal_is_left_out()
    {
        var named = Routes()
            .Select(r => Find(r.Method, r.Path))
            .OfType<JsonElement>()
            .SelectMany(operation => Codes(operation.GetProperty("responses"), "409"))
            .ToHashSet(StringComparer.Ordinal);
        var all = Words
            .All.Keys.Where(k => k.StartsWith("refused.", StringComparison.Ordinal))
            .Select(k => k["refused.".Length..])
            .Where(code => !elsewhere.Any(e => code.StartsWith(e, StringComparison.Ordinal)));

        Assert.Equal("", string.Join(' ', all.Except(named).Order(StringComparer.Ordinal)));
    }

    IEnumerable<(string Method, string Path, RouteEndpoint Endpoint)> Routes() =>
        from endpoint in server
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null
        let path = Plain("/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        where
            path.StartsWith("/api/", StringComparison.Ordinal)
            || (method == "POST" && !path.StartsWith("/air/", StringComparison.Ordinal))
        where !path.StartsWith("/api/docs", StringComparison.Ordinal) && path != "/api/openapi.json"
        select (method, path, endpoint);

    // What kind of id it is stands in the schema.
    static string Plain(string pattern) =>
        pattern.Replace(":guid", "", StringComparison.Ordinal).Replace(":long", "", StringComparison.Ordinal);

    JsonElement? Find(string method, string path) =>
        document.GetProperty("paths").TryGetProperty(path, out var item)
        && item.TryGetProperty(method.ToLowerInvariant(), out var operation)
            ? operation
            : null;

    Described Schema(JsonElement of, string type) =>
        new(document, of.GetProperty("content").GetProperty(type).GetProperty("schema"));

    static string[] Codes(JsonElement answers, string status) =>
        answers.TryGetProperty(status, out var answer)
            ?
            [
                .. answer
                    .GetProperty("content")
                    .GetProperty("application/problem+json")
                    .GetProperty("schema")
                    .GetProperty("properties")
                    .GetProperty("code")
                    .GetProperty("enum")
                    .EnumerateArray()
                    .Select(c => c.GetString()!),
            ]
            : [];

    readonly record struct Described(JsonElement Document, JsonElement Schema)
    {
        bool With(JsonElement part) => (this with { Schema = part }).HasFields();

        public bool HasFields()
        {
            var schema = Schema;
            while (schema.TryGetProperty("$ref", out var reference))
                schema = Document
                    .GetProperty("components")
                    .GetProperty("schemas")
                    .GetProperty(reference.GetString()!.Split('/')[^1]);
            if (schema.TryGetProperty("allOf", out var parts))
                return parts.EnumerateArray().All(With);
            return schema.TryGetProperty("properties", out var fields)
                ? fields.EnumerateObject().Any()
                : schema.TryGetProperty("items", out _);
        }
    }
}
