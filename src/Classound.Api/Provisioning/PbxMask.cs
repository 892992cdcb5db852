using Classound.Api.Validation;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Api.Provisioning;

/// <summary>
/// The update mask of UpdatePbx. A path that cannot be changed is refused: leaving it out in silence would tell a
/// client that a change happened which did not.
/// </summary>
public static class PbxMask
{
    private static readonly string[] Changeable = ["name", "country", "plan_code", "price_list_type", "state", "limits"];

    private static readonly HashSet<string> Paths =
    [
        .. Changeable,
        .. Limits.Descriptor.Fields.InDeclarationOrder().Select(limit => "limits." + limit.Name),
    ];

    public static void Check(ref FieldViolations violations, string field, FieldMask? mask)
    {
        if (mask is null || mask.Paths.Count == 0)
            violations.Add(field, $"is empty; expected one or more of {string.Join(", ", Changeable)}, limits.<limit>.");
        foreach (var path in mask?.Paths ?? [])
            if (!Paths.Contains(path))
                violations.Add(field, $"names {TextFields.Shown(path)}; expected {string.Join(", ", Changeable)} or limits.<limit>.");
    }
}
