using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Loa.Contracts.People;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Officers;

/// <summary>The question before a post that reaches far: over a whole province, or over officers themselves. Any other is given unasked.</summary>
sealed class AskAppointment(Sight sight) : IUseCase
{
    public record Request(Guid PostUnit, [MaxLength(40)] string PostRole);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/officers/question", Post).RequireRight(PeopleRights.ManageOfficers);

    static IResult Post(Input<Request> input, AskAppointment useCase) =>
        useCase.Run(input.Value) is { } question ? TypedResults.Text(question) : TypedResults.NoContent();

    public string? Run(Request request)
    {
        var (unit, role) = request;
        sight.Demand(PeopleRights.ManageOfficers, unit);
        if (!Appointment.ReachesFar(sight, unit, role))
            return null;
        return Words.Get(
            "officers.appoint.ask-far",
            Words.Get("role." + role).ToLower(CultureInfo.CurrentCulture),
            sight.Tree.PlaceOf(unit),
            sight.Tree.SubtreeOf(unit).Count()
        );
    }
}
